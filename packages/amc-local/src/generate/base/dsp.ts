import type { GenerationPlan } from '../plan.ts'
import { factTable, repeatByShare } from '../sql-text.ts'
import { advertiserOf } from '../world/advertisers.ts'
import type { Channel } from '../world/dsp-campaign.ts'
import { dspCampaigns } from '../world/dsp-campaigns.ts'
import { marketOf, peopleOf } from '../world/markets.ts'
import { placements } from '../world/placements.ts'
import { products } from '../world/products.ts'

/**
 * The DSP side: creatives with their campaign's columns, then one row per impression, then the clicks among them. What is the same
 * for all rows of a creative, a placement or a place stays in its own small table: the views join it, which costs a query less
 * than reading repeated text, and the build a third.
 */
export function dspStatements(plan: GenerationPlan): string[] {
  return [creativeFacts(plan), creatives(), impressionPlan(plan), impressionNumbers, impressions, clicks]
}

const channelKeys: readonly Channel[] = ['stv', 'olv', 'display', 'mobile', 'audio']

function creativeFacts(plan: GenerationPlan): string {
  let creativeKey = 0
  let lineKey = 0
  const rows = dspCampaigns.flatMap((campaign) =>
    campaign.lines.flatMap((line) => {
      lineKey += 1
      const advertiser = advertiserOf(campaign.advertiser)
      const market = marketOf(advertiser.market)
      const people = peopleOf(market, plan.people)
      const running = campaign.endsBefore > 0 ? 'ENDED' : 'RUNNING'
      const usable = placements.map((place) => (place.channel === line.channel ? place.weight : 0))
      return line.creatives.map((creative) => {
        creativeKey += 1
        return [
          creativeKey,
          lineKey,
          campaign.key,
          campaign.advertiser,
          advertiser.name,
          advertiser.timeZone,
          advertiser.entityId,
          advertiser.agencyFee,
          campaign.name,
          campaign.goal,
          campaign.startsBefore,
          campaign.endsBefore,
          campaign.status ?? running,
          campaign.lineStatus ?? running,
          products.find(({ key }) => key === campaign.promoted[0])?.department ?? null,
          market.store,
          market.marketplaceId,
          market.country,
          market.currency,
          market.currencyName,
          people.first,
          people.end - people.first,
          advertiser.hoursBehindUtc,
          line.name,
          line.type,
          line.channel,
          channelKeys.indexOf(line.channel),
          Math.round((line.weight * 1000) / line.creatives.length),
          line.audienceFrom,
          line.audienceSpan,
          Math.round(line.cpm * 100),
          line.clickRate,
          line.visitRate,
          line.deal ?? null,
          line.targets ?? [],
          creative.name,
          creative.size,
          creative.seconds,
          creative.landsOnAmazon,
          repeatByShare(usable),
        ]
      })
    }),
  )
  return factTable(
    'creative_facts',
    {
      creative_key: 'INTEGER',
      line_key: 'INTEGER',
      campaign_key: 'INTEGER',
      advertiser_key: 'INTEGER',
      advertiser: 'VARCHAR',
      zone: 'VARCHAR',
      entity_id: 'VARCHAR',
      agency_fee: 'DOUBLE',
      campaign: 'VARCHAR',
      goal: 'VARCHAR',
      starts_before: 'INTEGER',
      ends_before: 'INTEGER',
      campaign_status: 'VARCHAR',
      line_item_status: 'VARCHAR',
      product_line: 'VARCHAR',
      marketplace_name: 'VARCHAR',
      segment_marketplace_id: 'INTEGER',
      campaign_country: 'VARCHAR',
      currency_iso_code: 'VARCHAR',
      currency_name: 'VARCHAR',
      first_person: 'INTEGER',
      people_count: 'INTEGER',
      hours_behind_utc: 'INTEGER',
      line_item: 'VARCHAR',
      line_item_type: 'VARCHAR',
      channel: 'VARCHAR',
      channel_key: 'INTEGER',
      weight: 'BIGINT',
      audience_from: 'DOUBLE',
      audience_span: 'DOUBLE',
      millicents: 'BIGINT',
      click_rate: 'DOUBLE',
      visit_rate: 'DOUBLE',
      deal_name: 'VARCHAR',
      targeted_segments: 'INTEGER[]',
      creative: 'VARCHAR',
      size: 'VARCHAR',
      seconds: 'BIGINT',
      on_amazon: 'BOOLEAN',
      placement_list: 'INTEGER[]',
    },
    rows,
  )
}

/** Budgets are far above what is delivered; a campaign without an end runs 60 days past the data. */
function creatives(): string {
  const utc = (local: string) => `timezone('UTC', timezone(zone, ${local}))`
  return `CREATE TABLE store.creatives AS
    SELECT *,
      zone AS advertiser_timezone,
      4400000000000 + advertiser_key AS advertiser_id,
      570000000000000000 + campaign_key * 1000003 AS campaign_id,
      (570000000000000000 + campaign_key * 1000003)::VARCHAR AS campaign_id_string,
      (880000000 + campaign_key)::VARCHAR AS campaign_insertion_order_id,
      goal AS campaign_primary_goal,
      CASE WHEN campaign_key = 8 THEN 'BONUS' ELSE 'BILLABLE' END AS campaign_sales_type,
      50000000000 + campaign_key * 1000000000::BIGINT AS campaign_budget_amount,
      50000000000 + campaign_key * 1000000000::BIGINT AS campaign_flight_budget_amount,
      20000000000 + line_key * 500000000::BIGINT AS line_item_budget_amount,
      7100000000 + advertiser_key AS merchant_id,
      [9100000000 + advertiser_key] AS advertiser_account_frequency_group_ids,
      CASE WHEN campaign_country = 'US' THEN [9200000001] END AS manager_account_frequency_group_ids,
      starts AS campaign_start_date, ${utc('starts')} AS campaign_start_date_utc,
      ends AS campaign_end_date, ${utc('ends')} AS campaign_end_date_utc,
      starts AS line_item_start_date, ${utc('starts')} AS line_item_start_date_utc,
      ends AS line_item_end_date, ${utc('ends')} AS line_item_end_date_utc,
      ${utc('starts')} AS campaign_flight_start_date_utc,
      ${utc('ends')} AS campaign_flight_end_date_utc,
      660000000000000 + campaign_key AS campaign_flight_id,
      campaign || ' - Flight 1' AS campaign_flight_name,
      5800000000000000 + line_key * 1009 AS line_item_id,
      590000000000000000 + creative_key * 1000033 AS creative_id,
      CASE channel WHEN 'stv' THEN 'Video' WHEN 'olv' THEN 'Video' WHEN 'audio' THEN NULL ELSE 'Display' END AS creative_category,
      CASE channel WHEN 'stv' THEN 'video' WHEN 'olv' THEN 'video' WHEN 'audio' THEN 'audio' ELSE 'image' END AS creative_type,
      seconds AS creative_duration,
      size AS creative_size,
      CASE WHEN on_amazon THEN 'Y' ELSE 'N' END AS creative_is_link_in,
      CASE WHEN deal_name IS NOT NULL THEN 'DEAL' || (100200 + line_key) END AS deal_id
    FROM (
      SELECT *, end_dt - to_days(starts_before) AS starts,
        CASE WHEN ends_before > 0 THEN end_dt - to_days(ends_before) ELSE end_dt + INTERVAL 60 DAY END AS ends
      FROM creative_facts, bounds
    )`
}

/** How many impressions each creative has on each day; the rounding of running totals makes the sum exact. */
function impressionPlan(plan: GenerationPlan): string {
  return `CREATE TEMP TABLE dsp_plan AS
    WITH weighted AS (
      SELECT creative_key, day, sum(weight * busy) OVER (ORDER BY day, creative_key ROWS UNBOUNDED PRECEDING)::BIGINT AS upto,
        weight * busy AS share, sum(weight * busy) OVER ()::BIGINT AS total
      FROM store.creatives JOIN store.days ON day > starts::DATE AND day < ends::DATE
    )
    SELECT creative_key, day,
      ${plan.dspImpressions} * (upto - share) // total AS first_no,
      ${plan.dspImpressions} * upto // total - ${plan.dspImpressions} * (upto - share) // total AS n
    FROM weighted`
}

// A table of numbers first: unnesting runs on one thread, the wide statement after it on all.
const impressionNumbers = `CREATE TEMP TABLE dsp_numbers AS
  SELECT creative_key, day, unnest(range(first_no, first_no + n)) AS event_no FROM dsp_plan ORDER BY day, creative_key`

const fee = (share: number) => `round(${share} * price)::BIGINT * 1000`

/**
 * Costs follow the identity of the cost guide: fees are whole millicents expressed in microcents, and impression_cost is their sum.
 * view_state: 0 nothing measured, 1 measured, 2 measured and seen, 3 not measurable, 4 not measurable but estimated as seen.
 * video_progress: 0 no video, 1 impression, 2 start, 3 to 5 the quartiles, 6 complete.
 * No impression falls into the last ten seconds of an hour, so that its view events share its hour and its time zone's offset.
 */
const impressions = `CREATE TABLE store.dsp AS
  WITH drawn AS (
    SELECT event_no, c.*,
      day::TIMESTAMP + to_seconds((((pick(hours, u(event_no, 10)) + hours_behind_utc) % 24) * 3600 + floor(u(event_no, 11) * 3590))::BIGINT) AS dt,
      first_person + floor(((audience_from + audience_span * skewed(u(event_no, 12))) % 1.0) * people_count)::BIGINT AS person,
      millicents * (0.6 + 0.8 * u(event_no, 13)) AS price
    FROM dsp_numbers JOIN store.creatives c USING (creative_key) JOIN hour_lists USING (channel)
  ),
  placed AS (
    SELECT *,
      pick(placement_list, CASE WHEN u(event_no, 14) < 0.75 THEN u(person * 8 + channel_key, 15) ELSE u(event_no, 16) END) AS placement,
      u(event_no, 17) < 0.07 AS unresolved,
      ${fee(0.72)} AS supply_cost,
      ${fee(0.1)} AS platform_fee,
      ${fee(0.08)} AS audience_fee,
      ${fee(0.04)} AS third_party_fees,
      CASE WHEN advertiser_key = 2 THEN ${fee(0.06)} END AS managed_service_fee,
      CASE WHEN channel = 'stv' THEN ${fee(0.02)} END AS ocm_fee
    FROM drawn
  ),
  priced AS (
    SELECT *,
      (supply_cost + platform_fee + audience_fee + third_party_fees + coalesce(managed_service_fee, 0) + coalesce(ocm_fee, 0)) // 1000
        AS impression_cost
    FROM placed
  )
  SELECT
    event_no, creative_key, placement, place, i.person,
    dt AS impression_dt_utc, dt + zone_offset AS impression_dt,
    CASE WHEN NOT unresolved THEN user_id END AS user_id,
    CASE WHEN NOT unresolved THEN user_id_type END AS user_id_type,
    segment_group,
    supply_cost, platform_fee, audience_fee, third_party_fees, managed_service_fee, ocm_fee, impression_cost,
    impression_cost * (1 + agency_fee) AS total_cost,
    supply_cost // 10 * 13 AS bid_price,
    u(event_no, 18) < click_rate AS clicked,
    CASE
      WHEN view_rate IS NULL THEN CASE WHEN u(event_no, 19) < 0.4 THEN 3 WHEN u(event_no, 19) < 0.6 THEN 4 ELSE 0 END
      WHEN u(event_no, 20) < 0.05 THEN 0
      WHEN u(event_no, 19) < view_rate THEN 2
      ELSE 1
    END::UTINYINT AS view_state,
    CASE
      WHEN channel NOT IN ('stv', 'olv') THEN 0
      WHEN u(event_no, 21) < CASE channel WHEN 'stv' THEN 0.93 ELSE 0.72 END THEN 6
      ELSE 1 + floor(u(event_no, 22) * 5)
    END::UTINYINT AS video_progress
  FROM priced i
  JOIN zone_hours z ON z.advertiser_key = i.advertiser_key AND z.hour_utc = date_trunc('hour', dt)
  JOIN store.people p ON p.person = i.person
  JOIN store.placements USING (placement)`

/** A click comes seconds after its impression. */
const clicks = `CREATE TABLE store.dsp_clicks AS
  SELECT * EXCLUDE (advertiser_timezone), timezone(advertiser_timezone, timezone('UTC', click_dt_utc)) AS click_dt
  FROM (
    SELECT d.* EXCLUDE (clicked, view_state, video_progress), advertiser_timezone,
      impression_dt_utc + to_seconds(2 + floor(u(event_no, 23) * 40)::BIGINT) AS click_dt_utc
    FROM store.dsp d JOIN store.creatives USING (creative_key) WHERE clicked
  )`
