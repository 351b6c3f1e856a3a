import type { GenerationPlan } from '../plan.ts'
import { factTable, repeatByShare } from '../sql-text.ts'
import { advertisers } from '../world/advertisers.ts'
import type { Channel } from '../world/dsp-campaign.ts'
import { hourShares } from '../world/hours.ts'
import { markets, peopleOf } from '../world/markets.ts'
import { places } from '../world/places.ts'
import { placements } from '../world/placements.ts'
import { products } from '../world/products.ts'
import { segmentGroupCount, segmentGroups, segments } from '../world/segments.ts'

/** Small tables that later statements and the views join: days, time zones, people, places, placements, products, segments. */
export function dimensionStatements(plan: GenerationPlan): string[] {
  return [
    'CREATE SCHEMA store',
    days(),
    zoneHours(),
    factTable(
      'store.places',
      {
        place: 'INTEGER',
        city_name: 'VARCHAR',
        iso_country_code: 'VARCHAR',
        iso_state_province_code: 'VARCHAR',
        dma_code: 'VARCHAR',
        postal_code: 'VARCHAR',
      },
      places.map((place, at) => [at, place.city, place.state.slice(0, 2), place.state, place.dma, place.postalCode]),
    ),
    people(plan),
    placementTable(),
    hourLists(),
    productTable(),
    segmentMembers(),
  ]
}

/** How busy a day is, in thousandths: weekends, a slow wave over the year, and the promotion days on which everybody buys. */
function days(): string {
  return `CREATE TABLE store.days AS
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

/**
 * One population for every ad product and every table. Low numbers of a market are the heavy users, who are more often customers
 * already; neighbours share interests, so that those whom a campaign reaches differ from everybody.
 */
function people(plan: GenerationPlan): string {
  const ofMarkets = markets.map((market) => {
    const { first, end } = peopleOf(market, plan.people)
    const weighted = repeatByShare(
      places.map((place) => (place.market === market.key ? Math.round(place.weight * 5) : 0)),
    )
    const place = weighted.length === 0 ? 'NULL' : `pick([${weighted.join(', ')}], u(person, 2))`
    return `SELECT person, ${market.key} AS market, (person - ${first}) / ${Math.max(1, end - first)} AS position, ${place} AS place
      FROM (SELECT unnest(range(${first}, ${end})) AS person)`
  })
  return `CREATE TABLE store.people AS
    SELECT person, market::UTINYINT AS market,
      (number(person, 7) >> 1)::BIGINT AS user_id,
      CASE WHEN u(person, 1) < 0.78 THEN 'adUserId' WHEN u(person, 1) < 0.92 THEN 'sisDeviceId' ELSE 'adBrowserId' END AS user_id_type,
      place,
      floor(${segmentGroupCount} * ((0.8 * position + 0.35 * u(person, 3)) % 1.0))::UTINYINT AS segment_group,
      0.58 - 0.48 * position AS customer_share
    FROM (${ofMarkets.join(' UNION ALL ')})
    ORDER BY person`
}

function placementTable(): string {
  const sources = [...new Set(placements.map((place) => place.supplySource))]
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
      700 + sources.indexOf(place.supplySource),
      place.site,
      place.publisher,
      place.amazonOwned,
      place.pageType,
      place.slot,
      place.viewRate,
    ]),
  )
}

const channels: readonly (Channel | 'sponsored')[] = ['stv', 'olv', 'display', 'mobile', 'audio', 'sponsored']

function hourLists(): string {
  return factTable(
    'hour_lists',
    { channel: 'VARCHAR', hours: 'INTEGER[]' },
    channels.map((channel) => [
      channel,
      repeatByShare(channel === 'stv' || channel === 'audio' ? hourShares.television : hourShares.shopping),
    ]),
  )
}

function productTable(): string {
  return factTable(
    'store.products',
    {
      product: 'INTEGER',
      advertiser_key: 'INTEGER',
      asin: 'VARCHAR',
      title: 'VARCHAR',
      asin_parent: 'VARCHAR',
      category: 'VARCHAR',
      subcategory: 'VARCHAR',
      price: 'DECIMAL(38,4)',
      digital: 'BOOLEAN',
    },
    products.map((product) => [
      product.key,
      product.advertiser,
      product.asin,
      product.title,
      `B0PARE${String(product.parent).padStart(4, '0')}`,
      product.category,
      product.subcategory,
      product.price,
      product.digital,
    ]),
  )
}

/** The segments of every group of people, named as the impression tables by segment show them. */
function segmentMembers(): string {
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  return factTable(
    'store.segment_members',
    {
      segment_group: 'UTINYINT',
      behavior_segment_id: 'INTEGER',
      behavior_segment_name: 'VARCHAR',
      behavior_segment_description: 'VARCHAR',
    },
    segmentGroups.flatMap((ids, group) =>
      ids.map((id) => [group, id, byId.get(id)?.name ?? null, byId.get(id)?.description ?? null]),
    ),
  )
}
