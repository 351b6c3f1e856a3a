import type { Analyses } from './analysis.ts'

export const orientation: Analyses = {
  'Campaign inventory': {
    amc: `
      WITH campaigns AS (
        SELECT advertiser, 'amazon_dsp' AS ad_product_type, campaign_id_string, campaign, user_id, impressions,
               CAST(campaign_start_date AS DATE) AS starts
        FROM dsp_impressions
        UNION ALL
        SELECT advertiser, ad_product_type, campaign_id_string, campaign, user_id, impressions, campaign_start_date
        FROM sponsored_ads_traffic
      )
      SELECT advertiser, ad_product_type, campaign_id_string, campaign, MIN(starts) AS campaign_start_date,
             SUM(impressions) AS impressions, COUNT(DISTINCT user_id) AS unique_reach
      FROM campaigns
      GROUP BY advertiser, ad_product_type, campaign_id_string, campaign`,
    duckdb: `
      SELECT any_value(advertiser) AS advertiser, 'amazon_dsp' AS ad_product_type, campaign_id_string, any_value(campaign) AS campaign,
             min(campaign_start_date)::DATE AS campaign_start_date, count(*) AS impressions,
               len(list_distinct(list(user_id))) AS unique_reach
      FROM dsp_impressions GROUP BY campaign_id_string
      UNION ALL
      SELECT any_value(advertiser), any_value(ad_product_type), campaign_id_string, any_value(campaign),
             min(campaign_start_date), count(*) FILTER (impressions = 1), len(list_distinct(list(user_id)))
      FROM sponsored_ads_traffic GROUP BY campaign_id_string`,
  },

  'Conversion and ASIN inventory, without branded searches': {
    amc: `
      SELECT event_category, event_subtype, event_type_description, tracked_item,
             SUM(conversions) AS conversions, COUNT(DISTINCT user_id) AS users
      FROM conversions
      WHERE tracked_item NOT SIMILAR TO '^keyword.'
      GROUP BY 1, 2, 3, 4`,
    duckdb: `
      SELECT event_category, event_subtype, event_type_description, tracked_item, count(*) AS conversions, count(DISTINCT user_id) AS users
      FROM conversions WHERE left(tracked_item, 7) <> 'keyword' GROUP BY ALL`,
  },

  'Tracked item versus tracked ASIN, over a list of ASINs that is empty by default': {
    amc: `
      SELECT tracked_item, tracked_asin, conversion_event_subtype, COUNT(*) AS conversions
      FROM amazon_attributed_events_by_conversion_time
      WHERE (ARRAY_CONTAINS(CUSTOM_PARAMETER('asins'), tracked_item) OR CARDINALITY(CUSTOM_PARAMETER('asins')) = 0)
        AND tracked_item SIMILAR TO '^B0[A-Z0-9]{8}$'
      GROUP BY tracked_item, tracked_asin, conversion_event_subtype`,
    duckdb: `
      SELECT tracked_item, CASE conversion_event_subtype WHEN 'order' THEN tracked_item END AS tracked_asin, conversion_event_subtype,
             count(*) AS conversions
      FROM amazon_attributed_events_by_conversion_time
      WHERE tracked_item LIKE 'B0%' AND length(tracked_item) = 10 GROUP BY ALL`,
    customParameters: [
      {
        name: 'asins',
        dataType: { type: 'ARRAY', elementDataType: 'STRING' },
        columnType: 'DIMENSION',
        defaultValue: [],
      },
    ],
  },

  'Ad product breakdown': {
    amc: `
      WITH traffic AS (
        SELECT 'amazon_dsp' AS ad_product_type, user_id, impressions, 0 AS clicks, total_cost / 100000 AS spend FROM dsp_impressions
        UNION ALL
        SELECT 'amazon_dsp' AS ad_product_type, user_id, 0 AS impressions, clicks, 0 AS spend FROM dsp_clicks
        UNION ALL
        SELECT ad_product_type, user_id, impressions, clicks, spend / 100000000 AS spend FROM sponsored_ads_traffic
      )
      SELECT ad_product_type,
             SUM(impressions) AS impressions,
             SUM(clicks) AS clicks,
             SUM(spend) AS spend,
             COUNT(DISTINCT IF(impressions > 0, user_id, NULL)) AS unique_reach,
             SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate,
             1000 * SUM(spend) / NULLIF(SUM(impressions), 0) AS cpm,
             SUM(spend) / NULLIF(SUM(clicks), 0) AS cpc
      FROM traffic
      GROUP BY ad_product_type`,
    duckdb: `
      WITH dsp AS (SELECT count(*) AS i, sum(total_cost) * 1e-5 AS s, count(DISTINCT user_id) AS u FROM dsp_impressions),
           tapped AS (SELECT count(*) AS c FROM dsp_clicks),
           sponsored AS (
             SELECT ad_product_type AS a, sum(impressions) AS i, sum(clicks) AS c, sum(spend) * 1e-8 AS s,
                    count(DISTINCT user_id) FILTER (impressions = 1) AS u
             FROM sponsored_ads_traffic GROUP BY 1),
           both_sides AS (SELECT 'amazon_dsp' AS a, i, c, s, u FROM dsp, tapped UNION ALL BY NAME FROM sponsored)
      SELECT a AS ad_product_type, i AS impressions, c AS clicks, s AS spend, u AS unique_reach, c / i AS click_through_rate,
             1000 * s / i AS cpm, CASE WHEN c > 0 THEN s / c END AS cpc
      FROM both_sides`,
  },

  'Campaign cost, with DSP fees': {
    amc: `
      SELECT campaign_id_string, campaign, currency_iso_code,
             SUM(impressions) AS impressions,
             SUM(total_cost) / 100000 AS total_cost,
             SUM(COALESCE(supply_cost, 0)) / 100000000 AS supply_cost,
             SUM(NVL(platform_fee, 0)) / 100000000 AS platform_fee,
             SUM(IFNULL(audience_fee, 0)) / 100000000 AS audience_fee,
             SUM(COALESCE(third_party_fees, 0) + COALESCE(managed_service_fee, 0)) / 100000000 AS other_fees,
             ROUND((SUM(impression_cost) * 1000 - SUM(COALESCE(supply_cost, 0) + COALESCE(platform_fee, 0) + COALESCE(audience_fee, 0)
               + COALESCE(third_party_fees, 0) + COALESCE(managed_service_fee, 0) + COALESCE(ocm_fee, 0))) / 100000000,
                 2) + 1 AS one_more_than_remainder
      FROM dsp_impressions
      GROUP BY 1, 2, 3`,
    duckdb: `
      SELECT campaign_id_string, campaign, currency_iso_code, count(*) AS impressions, sum(total_cost) / 1e5 AS total_cost,
             coalesce(sum(supply_cost), 0) / 1e8 AS supply_cost, coalesce(sum(platform_fee), 0) / 1e8 AS platform_fee,
             coalesce(sum(audience_fee), 0) / 1e8 AS audience_fee,
             (coalesce(sum(third_party_fees), 0) + coalesce(sum(managed_service_fee), 0)) / 1e8 AS other_fees, 1 AS one_more_than_remainder
      FROM dsp_impressions GROUP BY ALL`,
  },

  'Match rate of users': {
    amc: `
      WITH events AS (
        SELECT 'dsp_impressions' AS source, user_id_type, user_id FROM dsp_impressions
        UNION ALL SELECT 'sponsored_ads_traffic', user_id_type, user_id FROM sponsored_ads_traffic
        UNION ALL SELECT 'conversions', user_id_type, user_id FROM conversions
      )
      SELECT source, COALESCE(user_id_type, 'none') AS user_id_type, COUNT(*) AS events,
             COUNT(*) - COUNT(user_id) AS events_without_user, COUNT(DISTINCT user_id) AS distinct_users,
             SUM(COUNT(user_id)) OVER (PARTITION BY source) / SUM(COUNT(*)) OVER (PARTITION BY source) AS share_with_user
      FROM events
      GROUP BY source, COALESCE(user_id_type, 'none')`,
    duckdb: ['dsp_impressions', 'sponsored_ads_traffic', 'conversions']
      .map(
        (table) => `
      SELECT '${table}' AS source, coalesce(user_id_type, 'none') AS user_id_type, count(*) AS events,
             CASE WHEN user_id_type IS NULL THEN count(*) ELSE 0 END AS events_without_user, count(DISTINCT user_id) AS distinct_users,
             (SELECT avg((user_id IS NOT NULL)::INT) FROM ${table}) AS share_with_user
      FROM ${table} GROUP BY user_id_type`,
      )
      .join(' UNION ALL '),
  },
}
