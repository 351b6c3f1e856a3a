import type { GenerationPlan } from '../plan.ts'
import { factTable } from '../sql-text.ts'
import { advertiserOf } from '../world/advertisers.ts'
import { marketOf, peopleOf } from '../world/markets.ts'
import { sponsoredPlacements } from '../world/placements.ts'
import { sponsoredCampaigns } from '../world/sponsored-campaigns.ts'

/** Sponsored ads: targets with their campaign's columns, then one row for each impression, click and viewable impression. */
export function sponsoredStatements(plan: GenerationPlan): string[] {
  return [targetFacts(plan), targets, impressionPlan(plan), impressionNumbers, impressions, events]
}

function targetFacts(plan: GenerationPlan): string {
  let targetKey = 0
  let groupKey = 0
  const rows = sponsoredCampaigns.flatMap((campaign) =>
    campaign.groups.flatMap((group) => {
      groupKey += 1
      const advertiser = advertiserOf(campaign.advertiser)
      const market = marketOf(advertiser.market)
      const people = peopleOf(market, plan.people)
      return group.targets.map((target) => {
        targetKey += 1
        return [
          targetKey,
          groupKey,
          campaign.key,
          campaign.advertiser,
          advertiser.name,
          advertiser.timeZone,
          advertiser.entityId,
          campaign.name,
          campaign.product,
          campaign.budgetType,
          campaign.startsBefore,
          campaign.endsBefore,
          campaign.status ?? (campaign.endsBefore > 0 ? 'ENDED' : 'ENABLED'),
          advertiser.sellsOnAmazon,
          market.store,
          market.currency,
          market.currencyName,
          people.first,
          people.end - people.first,
          advertiser.hoursBehindUtc,
          campaign.audienceFrom,
          campaign.audienceSpan,
          consoleId(campaign.key),
          group.name,
          group.price,
          Math.round(group.bid * (group.price === 'CPC' ? 100_000_000 : 100_000)),
          group.clickRate,
          group.creativeType,
          group.creative,
          group.creativeAsin,
          group.bidSegments ?? null,
          Math.round(target.weight * 1000),
          target.matchType,
          target.targeting,
          target.searchTerms.length > 0 ? target.searchTerms : null,
          sponsoredPlacements[campaign.product] ?? null,
        ]
      })
    }),
  )
  return factTable(
    'target_facts',
    {
      target_key: 'INTEGER',
      group_key: 'INTEGER',
      campaign_key: 'INTEGER',
      advertiser_key: 'INTEGER',
      advertiser: 'VARCHAR',
      zone: 'VARCHAR',
      entity_id: 'VARCHAR',
      campaign: 'VARCHAR',
      ad_product_type: 'VARCHAR',
      campaign_budget_type: 'VARCHAR',
      starts_before: 'INTEGER',
      ends_before: 'INTEGER',
      campaign_status: 'VARCHAR',
      on_amazon: 'BOOLEAN',
      marketplace_name: 'VARCHAR',
      currency_iso_code: 'VARCHAR',
      currency_name: 'VARCHAR',
      first_person: 'INTEGER',
      people_count: 'INTEGER',
      hours_behind_utc: 'INTEGER',
      audience_from: 'DOUBLE',
      audience_span: 'DOUBLE',
      campaign_id_string: 'VARCHAR',
      ad_group: 'VARCHAR',
      line_item_price_type: 'VARCHAR',
      microcents: 'BIGINT',
      click_rate: 'DOUBLE',
      creative_type: 'VARCHAR',
      creative: 'VARCHAR',
      creative_asin: 'VARCHAR',
      bid_segments: 'INTEGER[]',
      weight: 'BIGINT',
      match_type: 'VARCHAR',
      targeting: 'VARCHAR',
      search_terms: 'VARCHAR[]',
      placement_list: 'VARCHAR[]',
    },
    rows,
  )
}

/** The code under which the ads console shows a sponsored campaign: `A0` and 18 capitals or digits. */
function consoleId(key: number): string {
  return `A0${(BigInt(key) * 98_765_432_109_876_543_211n).toString(36).toUpperCase().padStart(18, '7').slice(-18)}`
}

const utc = (local: string) => `timezone('UTC', timezone(zone, ${local}))`

const targets = `CREATE TABLE store.targets AS
  SELECT *,
    len(search_terms) AS term_count,
    len(placement_list) AS placement_count,
    zone AS advertiser_timezone,
    330000000000000 + campaign_key * 100003 AS campaign_id,
    CASE campaign_status WHEN 'ENDED' THEN 'ARCHIVED' WHEN 'ENABLED' THEN 'ENABLED' ELSE 'PAUSED' END AS ad_group_status,
    CASE
      WHEN match_type LIKE '%PREDEFINED' THEN 'AUTO'
      WHEN match_type = 'TARGETING_EXPRESSION' THEN 'PRODUCT_OR_AUDIENCE'
      WHEN match_type IS NOT NULL THEN 'KEYWORD'
      ELSE 'CONTENT'
    END AS ad_group_type,
    210000000 + advertiser_key AS portfolio_id,
    advertiser || ' portfolio' AS portfolio_name,
    440000000000000 + group_key * 10007 AS line_item_id,
    starts AS campaign_start_dt, ${utc('starts')} AS campaign_start_dt_utc,
    ends AS campaign_end_dt, ${utc('ends')} AS campaign_end_dt_utc
  FROM (
    SELECT *, end_dt - to_days(starts_before) AS starts,
      CASE WHEN ends_before > 0 THEN end_dt - to_days(ends_before) END AS ends
    FROM target_facts, bounds
  )`

function impressionPlan(plan: GenerationPlan): string {
  return `CREATE TEMP TABLE sponsored_plan AS
    WITH weighted AS (
      SELECT target_key, day, sum(weight * busy) OVER (ORDER BY day, target_key ROWS UNBOUNDED PRECEDING)::BIGINT AS upto,
        weight * busy AS share, sum(weight * busy) OVER ()::BIGINT AS total
      FROM store.targets JOIN store.days ON day > starts::DATE AND (ends IS NULL OR day < ends::DATE)
    )
    SELECT target_key, day,
      ${plan.sponsoredImpressions} * (upto - share) // total AS first_no,
      ${plan.sponsoredImpressions} * upto // total - ${plan.sponsoredImpressions} * (upto - share) // total AS n
    FROM weighted`
}

const impressionNumbers = `CREATE TEMP TABLE sponsored_numbers AS
  SELECT target_key, day, unnest(range(first_no, first_no + n)) AS impression_no FROM sponsored_plan ORDER BY day, target_key`

/** One row per impression with what came of it: a click, a view, how far a video played. */
const impressions = `CREATE TEMP TABLE sponsored_impressions AS
  SELECT impression_no, target_key,
    day::TIMESTAMP + to_seconds((((pick(hours, u(impression_no, 40)) + hours_behind_utc) % 24) * 3600 + floor(u(impression_no, 41) * 3540))::BIGINT) AS dt,
    first_person + floor(((audience_from + audience_span * skewed(u(impression_no, 42))) % 1.0) * people_count)::BIGINT AS person,
    u(impression_no, 43) < 0.06 AS unresolved,
    u(impression_no, 44) < click_rate AS clicked,
    line_item_price_type = 'VCPM' AND u(impression_no, 45) < 0.55 AS viewed
  FROM sponsored_numbers JOIN store.targets USING (target_key), hour_lists
  WHERE hour_lists.channel = 'sponsored'`

/**
 * CPC charges its click rows, vCPM its viewable rows, nothing else carries spend (cost guide). A click falls into the hour of its
 * impression, so one look-up of the time zone's offset serves both.
 */
const events = `CREATE TABLE store.sponsored AS
  WITH happened AS (
    SELECT *, 0 AS kind, dt AS event_dt_utc FROM sponsored_impressions
    UNION ALL
    SELECT *, 1, dt + to_seconds(3 + floor(u(impression_no, 46) * 50)::BIGINT) FROM sponsored_impressions WHERE clicked
    UNION ALL
    SELECT *, 2, dt + to_seconds(1) FROM sponsored_impressions WHERE viewed
  )
  SELECT
    impression_no * 3 + kind AS event_no, target_key, e.person,
    event_dt_utc, event_dt_utc + zone_offset AS event_dt,
    CASE WHEN NOT unresolved THEN user_id END AS user_id,
    CASE WHEN NOT unresolved THEN user_id_type END AS user_id_type,
    (1 + floor(pow(u(impression_no, 47), 2) * term_count))::UTINYINT AS search_term_no,
    (1 + floor(u(impression_no, 48) * placement_count))::UTINYINT AS placement_no,
    (1 + floor(u(e.person, 49) * 6))::UTINYINT AS system_no,
    CASE WHEN ad_product_type IN ('sponsored_products', 'sponsored_brands') THEN u(e.person, 50) < 0.04 END AS is_amazon_business,
    (kind = 0)::BIGINT AS impressions,
    (kind = 1)::BIGINT AS clicks,
    (kind = 2)::BIGINT AS viewable_impressions,
    (kind = 0 AND line_item_price_type = 'VCPM' AND NOT viewed AND u(impression_no, 51) < 0.1)::BIGINT AS unmeasurable_viewable_impressions,
    CASE
      WHEN kind = 1 AND line_item_price_type = 'CPC' OR kind = 2 AND line_item_price_type = 'VCPM'
        THEN (microcents * (0.7 + 0.6 * u(impression_no, 52)))::BIGINT
      ELSE 0
    END AS spend,
    CASE
      WHEN creative_type = 'video' THEN CASE WHEN kind = 0 THEN floor(u(impression_no, 53) * 7) ELSE 0 END
    END::TINYINT AS video_progress,
    kind = 0 AND u(impression_no, 54) < 0.03 AS unmuted,
    segment_group
  FROM happened e
  JOIN store.targets t USING (target_key)
  JOIN zone_hours z ON z.advertiser_key = t.advertiser_key AND z.hour_utc = date_trunc('hour', e.dt)
  JOIN store.people p ON p.person = e.person`
