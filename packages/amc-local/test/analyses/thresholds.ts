import type { LocalQuery } from '../../src/open-local-engine.ts'
import type { Analyses } from './analysis.ts'

const removeRows: LocalQuery['privacy'] = { behavior: 'REMOVE_ROWS' }
const removeValues: LocalQuery['privacy'] = {
  behavior: 'REMOVE_VALUES',
  discriminatorColumn: 'filtered',
  userCountColumn: 'du_count',
  reasonColumn: 'reason',
}

/** Amazon's thresholds, with the people of each row counted by hand. */
export const thresholds: Analyses = {
  'Creatives by site and device: rows of one person are dropped, also where only one has clicked': {
    privacy: removeRows,
    amc: `
      WITH events AS (
        SELECT creative, site, device_type, user_id, impressions, 0 AS clicks FROM dsp_impressions
        UNION ALL
        SELECT creative, site, device_type, user_id, 0 AS impressions, clicks FROM dsp_clicks
      )
      SELECT creative, site, device_type, SUM(impressions) AS impressions, SUM(clicks) AS clicks, COUNT(DISTINCT user_id) AS users
      FROM events GROUP BY creative, site, device_type`,
    duckdb: `
      WITH shown AS (SELECT creative, site, device_type, count(*) AS i, list(DISTINCT user_id) AS u FROM dsp_impressions GROUP BY ALL),
      tapped AS (SELECT creative, site, device_type, count(*) AS c, list(DISTINCT user_id) AS t FROM dsp_clicks GROUP BY ALL)
      SELECT s.creative, s.site, s.device_type, i AS impressions, coalesce(c, 0) AS clicks,
             len(list_distinct(u || coalesce(t, []))) AS users
      FROM shown s LEFT JOIN tapped t ON s.creative = t.creative AND s.site IS NOT DISTINCT FROM t.site AND s.device_type IS NOT DISTINCT
      FROM t.device_type
      WHERE len(list_filter(u, lambda x: x IS NOT NULL)) >= 2 AND (c IS NULL OR len(list_filter(t, lambda x: x IS NOT NULL)) >= 2)`,
  },

  'Reach by postal code: below a hundred people nothing is shown': {
    privacy: removeRows,
    amc: `
      SELECT postal_code, campaign, COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
      FROM dsp_impressions WHERE iso_state_province_code IN ('US-NY', 'US-CA') GROUP BY postal_code, campaign`,
    duckdb: `
      SELECT postal_code, campaign, count(DISTINCT user_id) AS reach, count(*) AS impressions, sum(total_cost) / 1e5 AS cost
      FROM dsp_impressions WHERE iso_state_province_code IN ('US-NY', 'US-CA') GROUP BY ALL HAVING reach >= 100`,
  },

  'Reach by postal code and device: what is missed is blanked, rows that are then alike are added up': {
    privacy: removeValues,
    amc: `
      SELECT device_type, postal_code, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
      FROM dsp_impressions WHERE iso_state_province_code = 'US-NY' GROUP BY 1, 2`,
    duckdb: `
      WITH counted AS (
        SELECT device_type AS d, postal_code AS p, count(*) AS i, sum(total_cost) / 1e5 AS c, least(count(DISTINCT user_id), 100) AS n
        FROM dsp_impressions WHERE iso_state_province_code = 'US-NY' GROUP BY ALL)
      SELECT d AS device_type, p AS postal_code, i AS impressions, c AS cost, false AS filtered, 100 AS du_count, NULL AS reason
      FROM counted WHERE n = 100
      UNION ALL
      SELECT CASE WHEN n >= 2 THEN d END AS kept, NULL, sum(i), sum(c), true, min(n), format('{} ''dsp_impressions'' users < 100 required',
             min(n)) FROM counted WHERE n < 100 GROUP BY kept`,
  },

  'Orders by state: two tables that are joined by person are counted each for itself': {
    privacy: removeRows,
    amc: `
      WITH reached AS (
        SELECT user_id, iso_state_province_code AS state, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL
        GROUP BY 1, 2
      ), bought AS (
        SELECT user_id, tracked_asin, SUM(total_purchases) AS purchases FROM amazon_attributed_events_by_conversion_time
        WHERE total_purchases > 0 AND user_id IS NOT NULL GROUP BY 1, 2
      )
      SELECT state, tracked_asin, COUNT(DISTINCT b.user_id) AS buyers, SUM(purchases) AS purchases, SUM(impressions) AS impressions
      FROM reached r INNER JOIN bought b ON r.user_id = b.user_id GROUP BY state, tracked_asin`,
    duckdb: `
      WITH states AS (SELECT iso_state_province_code AS s, user_id, count(*) AS i FROM dsp_impressions GROUP BY ALL),
      orders AS (SELECT tracked_item AS a, user_id, count(*) AS n FROM amazon_attributed_events_by_conversion_time
        WHERE conversion_event_subtype = 'order' GROUP BY ALL)
      SELECT s AS state, a AS tracked_asin, count(DISTINCT user_id) AS buyers, sum(n) AS purchases, sum(i) AS impressions
      FROM states JOIN orders USING (user_id) GROUP BY s, a HAVING buyers > 1`,
  },

  'Spend beside sales: the people of either side have to be enough': {
    privacy: removeRows,
    amc: `
      WITH spend AS (
        SELECT campaign, customer_search_term, SUM(spend) / 100000000 AS spend FROM sponsored_ads_traffic WHERE clicks = 1 GROUP BY 1, 2
      ), sales AS (
        SELECT campaign, customer_search_term, SUM(total_product_sales) AS sales FROM amazon_attributed_events_by_traffic_time
        WHERE total_purchases = 1 GROUP BY 1, 2
      )
      SELECT s.campaign, s.customer_search_term, spend, sales, sales / spend AS roas
      FROM spend s LEFT JOIN sales t ON s.campaign = t.campaign AND s.customer_search_term = t.customer_search_term`,
    duckdb: `
      WITH paid AS (SELECT campaign, customer_search_term, sum(spend) / 1e8 AS m, count(DISTINCT user_id) AS u FROM sponsored_ads_traffic
        WHERE clicks > 0 GROUP BY ALL),
      earned AS (SELECT campaign, customer_search_term, sum(total_product_sales) AS v, count(DISTINCT user_id) AS u
        FROM amazon_attributed_events_by_traffic_time WHERE conversion_event_subtype = 'order' GROUP BY ALL)
      SELECT p.campaign, p.customer_search_term, m AS spend, v AS sales, v / m AS roas
      FROM paid p LEFT JOIN earned e USING (campaign, customer_search_term)
      WHERE p.u >= 2 AND (e.campaign IS NULL OR e.u >= 2)`,
  },

  'Reach and frequency: a bucket with one person does not come out': {
    privacy: removeRows,
    amc: `
      WITH per_user AS (
        SELECT campaign, user_id, SUM(impressions) AS frequency FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY campaign, user_id
      )
      SELECT campaign, frequency, COUNT(DISTINCT user_id) AS users_in_bucket, SUM(frequency) AS impressions_in_bucket
      FROM per_user GROUP BY campaign, frequency`,
    duckdb: `
      SELECT campaign, n AS frequency, count(*) AS users_in_bucket, sum(n) AS impressions_in_bucket
      FROM (SELECT campaign, count(*) AS n FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY campaign, user_id) GROUP BY ALL
      HAVING count(*) <> 1`,
  },

  'Traffic by search term: clicks of one person take the row away, however many saw the ad': {
    privacy: removeValues,
    amc: `
      SELECT customer_search_term, placement_type, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000 AS spend
      FROM sponsored_ads_traffic WHERE user_id IS NOT NULL AND customer_search_term IS NOT NULL GROUP BY customer_search_term, placement_type`,
    duckdb: `
      WITH counted AS (
        SELECT customer_search_term, placement_type, sum(impressions) AS i, sum(clicks) AS c, sum(spend) / 1e8 AS m,
               count(DISTINCT user_id) AS seen, count(DISTINCT user_id) FILTER (clicks = 1) AS tapped
        FROM sponsored_ads_traffic WHERE user_id IS NOT NULL AND customer_search_term IS NOT NULL GROUP BY ALL)
      SELECT customer_search_term, placement_type, i AS impressions, c AS clicks, m AS spend, false AS filtered, 2 AS du_count, NULL AS reason
      FROM counted WHERE seen > 1 AND (c = 0 OR tapped > 1)
      UNION ALL
      -- All of these were seen by more than one.
      SELECT NULL, NULL, sum(i), sum(c), sum(m), true, min(tapped),
             format('{} ''sponsored_ads_traffic'' effective users < 2 required', min(tapped))
      FROM counted WHERE c > 0 AND tapped < 2`,
  },

  'Store traffic by device, whose threshold is a hundred as well': {
    privacy: removeRows,
    amc: `
      SELECT store_name, device_type, page_title, COUNT(*) AS page_views, SUM(dwell_time) AS dwell FROM amazon_brand_store_page_views
      GROUP BY 1, 2, 3`,
    duckdb: `
      SELECT store_name, device_type, page_title, count(*) AS page_views, sum(dwell_time) AS dwell FROM amazon_brand_store_page_views
      GROUP BY ALL
      HAVING count(DISTINCT user_id) >= 100 AND count(DISTINCT user_id) FILTER (dwell_time <> 0) >= 100`,
  },

  'Traffic of two channels in one list: each branch has its own people': {
    privacy: { behavior: 'REMOVE_VALUES', discriminatorColumn: 'filtered' },
    amc: `
      SELECT 'clicks' AS kind, creative AS name, SUM(clicks) AS events FROM dsp_clicks GROUP BY 2
      UNION ALL
      SELECT 'sponsored', creative_asin, SUM(clicks) FROM sponsored_ads_traffic WHERE clicks > 0 GROUP BY 2`,
    duckdb: `
      WITH rows_of_both AS (
        SELECT 'clicks' AS k, creative AS name, count(*) AS n, count(DISTINCT user_id) AS u FROM dsp_clicks GROUP BY 2
        UNION ALL SELECT 'sponsored', creative_asin, count(*), count(DISTINCT user_id) FROM sponsored_ads_traffic
          WHERE clicks = 1 GROUP BY 2)
      SELECT k AS kind, name, n AS events, false AS filtered FROM rows_of_both WHERE u > 1
      UNION ALL SELECT k, NULL, sum(n), true FROM rows_of_both WHERE u < 2 GROUP BY k`,
  },
}
