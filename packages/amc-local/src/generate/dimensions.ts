import type { GenerationPlan } from './plan.ts'
import { factTable, repeatByShare } from './sql-text.ts'
import { hourShares, placements, places } from './surroundings.ts'
import { advertisers, products } from './advertisers.ts'
import { dspCampaigns, type Channel } from './dsp-campaigns.ts'
import { sponsoredCampaigns } from './sponsored-campaigns.ts'

/**
 * Small tables that every later statement joins: days, time zones, people, products and what a campaign promotes. Chance is
 * `u(n, salt)`, a uniform number in [0, 1) that depends on the seed, the row and the salt only, so that the same plan gives the
 * same data whatever the number of threads.
 */
export function dimensionStatements(plan: GenerationPlan): string[] {
  // 2^42 per seed keeps the numbers of two seeds apart: rows stay below 2^34 and salts below 2^8.
  const seedOffset = BigInt(plan.seed % 1_048_576) * 4_398_046_511_104n
  return [
    'CREATE SCHEMA store',
    `CREATE TEMP MACRO u(n, salt) AS (hash(n::BIGINT * 256 + salt + ${seedOffset}) >> 11) / 9007199254740992.0`,
    `CREATE TEMP MACRO pick(list, chance) AS list[1 + floor(chance * len(list))::INTEGER]`,
    // A few people see much and most see little; the linear part keeps the heaviest near fifty times the average.
    `CREATE TEMP MACRO skewed(chance) AS (pow(chance, 3) + 0.02 * chance) / 1.02`,
    `CREATE TEMP TABLE bounds AS SELECT TIMESTAMP '${plan.endDay} 00:00:00' AS end_dt,
       TIMESTAMP '${plan.endDay} 00:00:00' - INTERVAL ${plan.days} DAY AS start_dt`,
    days(),
    zoneHours(),
    factTable(
      'store.places',
      {
        place: 'INTEGER',
        city_name: 'VARCHAR',
        iso_state_province_code: 'VARCHAR',
        dma_code: 'VARCHAR',
        postal_code: 'VARCHAR',
      },
      places.map(([city, state, dma, postalCode], at) => [at, city, state, dma, postalCode]),
    ),
    people(plan),
    placementTable(),
    factTable(
      'hour_lists',
      { channel: 'VARCHAR', hours: 'INTEGER[]' },
      channels.map((channel) => [
        channel,
        repeatByShare(channel === 'stv' || channel === 'audio' ? hourShares.television : hourShares.shopping),
      ]),
    ),
    factTable(
      'products',
      {
        product: 'INTEGER',
        advertiser_key: 'INTEGER',
        asin: 'VARCHAR',
        subcategory: 'VARCHAR',
        price: 'DECIMAL(38,4)',
      },
      products.map((product) => [product.key, product.advertiser, product.asin, product.subcategory, product.price]),
    ),
    relations(),
  ]
}

const channels: readonly (Channel | 'sponsored')[] = ['stv', 'olv', 'display', 'mobile', 'audio', 'sponsored']

/** How busy a day is, in thousandths: weekends, a slow wave over the year, and the promotion days on which everybody buys. */
function days(): string {
  return `CREATE TEMP TABLE days AS
    SELECT day, (1000 * wave * weekend * promotion)::BIGINT AS busy
    FROM (
      SELECT day,
        1 + 0.12 * sin(dayofyear(day) / 58.0) AS wave,
        CASE WHEN dayofweek(day) IN (0, 6) THEN 1.15 ELSE 1.0 END AS weekend,
        CASE
          WHEN month(day) = 11 AND dayofweek(day) = 5 AND dayofmonth(day) BETWEEN 23 AND 29 THEN 2.3
          WHEN dayofweek(day) = 1 AND (month(day) = 11 AND dayofmonth(day) >= 26 OR month(day) = 12 AND dayofmonth(day) <= 2) THEN 2.1
          WHEN month(day) = 7 AND dayofmonth(day) IN (9, 10) THEN 2.0
          WHEN month(day) = 10 AND dayofmonth(day) IN (8, 9) THEN 1.8
          ELSE 1.0
        END AS promotion
      FROM (SELECT unnest(generate_series(start_dt, end_dt - INTERVAL 1 DAY, INTERVAL 1 DAY))::DATE AS day FROM bounds)
    )
    ORDER BY day`
}

/** The offset of each advertiser's zone in each hour of the data, so that daylight saving is looked up by hour and not by event. */
function zoneHours(): string {
  const zones = advertisers.map((advertiser) => `(${advertiser.key}, '${advertiser.timeZone}')`).join(', ')
  return `CREATE TEMP TABLE zone_hours AS
    SELECT advertiser_key, hour_utc, timezone(zone, timezone('UTC', hour_utc)) - hour_utc AS zone_offset
    FROM (VALUES ${zones}) zones(advertiser_key, zone),
      (SELECT unnest(generate_series(start_dt - INTERVAL 1 DAY, end_dt + INTERVAL 2 DAY, INTERVAL 1 HOUR)) AS hour_utc FROM bounds)`
}

/** One population for every ad product. Low numbers are the heavy users, who are more often customers already. */
function people(plan: GenerationPlan): string {
  const weighted = repeatByShare(places.map(([, , , , weight]) => Math.round(weight * 5)))
  return `CREATE TEMP TABLE people AS
    SELECT person,
      (hash(person * 256 + 7 + ${BigInt(plan.seed % 1_048_576) * 4_398_046_511_104n}) >> 1)::BIGINT AS user_id,
      CASE WHEN u(person, 1) < 0.78 THEN 'adUserId' WHEN u(person, 1) < 0.92 THEN 'sisDeviceId' ELSE 'adBrowserId' END AS user_id_type,
      pick([${weighted.join(', ')}], u(person, 2)) AS place,
      floor(u(person, 3) * 8)::UTINYINT AS segment_group,
      0.58 - 0.48 * person / ${plan.people} AS customer_share
    FROM (SELECT unnest(range(${plan.people})) AS person)`
}

function placementTable(): string {
  return factTable(
    'store.placements',
    {
      placement: 'INTEGER',
      device_type: 'VARCHAR',
      device_make: 'VARCHAR',
      device_model: 'VARCHAR',
      operating_system: 'VARCHAR',
      os_version: 'VARCHAR',
      browser_family: 'VARCHAR',
      environment_type: 'VARCHAR',
      app_bundle: 'VARCHAR',
      supply_source: 'VARCHAR',
      supply_source_id: 'BIGINT',
      site: 'VARCHAR',
      publisher_name: 'VARCHAR',
      is_amazon_owned: 'BOOLEAN',
      page_type: 'VARCHAR',
      slot_position: 'VARCHAR',
      view_rate: 'DECIMAL(38,4)',
    },
    placements.map((place, at) => [
      at,
      place.deviceType,
      place.deviceMake,
      place.deviceModel,
      place.operatingSystem,
      place.osVersion,
      place.browser,
      place.environment,
      place.appBundle,
      place.supplySource,
      700 + [...new Set(placements.map((other) => other.supplySource))].indexOf(place.supplySource),
      place.site,
      place.publisher,
      place.amazonOwned,
      place.pageType,
      place.slot,
      place.viewRate,
    ]),
  )
}

/**
 * What each item is to each campaign of its brand, from the promoted ASIN to the loosest halo. Items that are no product have
 * negative numbers: -1 branded search, -2 Brand Store, -3 an event off Amazon.
 */
function relations(): string {
  const rows = [...dspCampaigns, ...sponsoredCampaigns].flatMap((campaign) => {
    const promoted = products.filter((product) => campaign.promoted.includes(product.key))
    const ofBrand = products
      .filter((product) => product.advertiser === campaign.advertiser)
      .map((product): (string | number | null)[] => {
        if (promoted.includes(product)) return [campaign.key, product.key, 'PROMOTED', 'TRACKED_ASIN', 1]
        if (promoted.some((other) => other.parent === product.parent))
          return [campaign.key, product.key, 'PROMOTED', 'VARIATIONAL_ASIN', 1]
        if (promoted.some((other) => other.subcategory === product.subcategory))
          return [campaign.key, product.key, 'BRAND_HALO', 'BRAND_SUBCATEGORY', 2]
        if (promoted.some((other) => other.category === product.category))
          return [campaign.key, product.key, 'BRAND_HALO', 'BRAND_CATEGORY', 3]
        return [campaign.key, product.key, 'BRAND_HALO', 'BRAND_MARKETPLACE', 3]
      })
    return [
      ...ofBrand,
      [campaign.key, -1, 'PROMOTED', 'BRAND_KEYWORD', 1],
      [campaign.key, -2, 'PROMOTED', null, 1],
      [campaign.key, -3, 'PROMOTED', null, 1],
    ]
  })
  return factTable(
    'relations',
    {
      campaign_key: 'INTEGER',
      product: 'INTEGER',
      engagement_scope: 'VARCHAR',
      halo_code: 'VARCHAR',
      closeness: 'INTEGER',
    },
    rows,
  )
}
