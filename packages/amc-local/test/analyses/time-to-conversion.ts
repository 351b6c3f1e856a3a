import type { Analyses } from './analysis.ts'

export const timeToConversion: Analyses = {
  'Time from ad to purchase': {
    amc: `
      WITH lags AS (
        SELECT campaign, SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc) AS seconds_to_conversion, total_purchases
        FROM amazon_attributed_events_by_conversion_time WHERE total_purchases > 0
      ), bucketed AS (
        SELECT campaign, total_purchases,
               CASE
                 WHEN seconds_to_conversion <= 60 THEN '1 | < 1 MIN'
                 WHEN seconds_to_conversion <= 600 THEN '2 | 1 - 10 MIN'
                 WHEN seconds_to_conversion <= 3600 * 2 THEN '3 | 10 MIN - 2 HRS'
                 WHEN seconds_to_conversion <= 3600 * 24 THEN '4 | 2 - 24 HRS'
                 WHEN seconds_to_conversion <= 3600 * 24 * 7 THEN '5 | 1 - 7 DAYS'
                 ELSE '6 | 7+ DAYS'
               END AS time_to_conversion
        FROM lags
      ), summed AS (
        SELECT campaign, time_to_conversion, SUM(total_purchases) AS purchases FROM bucketed GROUP BY campaign, time_to_conversion
      )
      SELECT campaign, time_to_conversion, purchases,
             SUM(purchases) OVER (PARTITION BY campaign ORDER BY time_to_conversion)
               / SUM(purchases) OVER (PARTITION BY campaign) AS cumulative_share
      FROM summed`,
    duckdb: `
      WITH lags AS (SELECT campaign, epoch(conversion_event_dt_utc) - epoch(traffic_event_dt_utc) AS s
        FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_subtype = 'order'),
      borders AS (SELECT unnest(['1 | < 1 MIN', '2 | 1 - 10 MIN', '3 | 10 MIN - 2 HRS', '4 | 2 - 24 HRS', '5 | 1 - 7 DAYS',
        '6 | 7+ DAYS']) AS name,
                         unnest([-1, 60, 600, 7200, 86400, 604800]) AS above, unnest([60, 600, 7200, 86400, 604800, 1e12]) AS upto)
      SELECT campaign, name AS time_to_conversion, count(*) AS purchases,
             (SELECT count(*) FILTER (s <= upto) / count(*) FROM lags o WHERE o.campaign = l.campaign) AS cumulative_share
      FROM lags l JOIN borders ON s > above AND s <= upto GROUP BY campaign, name, upto`,
  },

  'Traffic hour to conversion hour': {
    amc: `
      SELECT EXTRACT(HOUR FROM t.event_dt_utc) AS traffic_hour, conversion_event_hour_utc AS conversion_hour,
             SUM(a.total_purchases) AS purchases, SUM(a.total_product_sales) AS sales,
             AVG(SECONDS_BETWEEN(t.event_dt_utc, a.conversion_event_dt_utc) / 3600) AS average_hours_between
      FROM amazon_attributed_events_by_conversion_time a
      INNER JOIN EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P14D', 'P0D') AS t ON t.event_id = a.traffic_event_id
      WHERE a.total_purchases > 0
      GROUP BY 1, 2`,
    duckdb: `
      SELECT (epoch(traffic_event_dt_utc)::BIGINT % 86400) // 3600 AS traffic_hour,
             (epoch(conversion_event_dt_utc)::BIGINT % 86400) // 3600 AS conversion_hour, count(*) AS purchases,
             sum(total_product_sales) AS sales, avg(epoch(conversion_event_dt_utc - traffic_event_dt_utc)) / 3600 AS average_hours_between
      FROM amazon_attributed_events_by_conversion_time
      WHERE conversion_event_subtype = 'order' AND traffic_event_id IN (SELECT event_id FROM synthetic.sponsored_ads_traffic) GROUP BY 1,
             2`,
  },

  'Time between purchases': {
    amc: `
      WITH orders AS (
        SELECT user_id, event_dt_utc, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_dt_utc) AS n
        FROM TABLE(EXTEND_TIME_WINDOW('conversions_all', 'P30D', 'P15D')) WHERE event_subtype = 'order' AND user_id IS NOT NULL
      ), gaps AS (
        SELECT a.user_id, SECONDS_BETWEEN(a.event_dt_utc, b.event_dt_utc) / 86400 AS days FROM orders a INNER JOIN orders b
          ON a.user_id = b.user_id AND b.n = a.n + 1
      )
      SELECT CASE WHEN days < 1 THEN '01 day' WHEN days < 7 THEN '07 days' WHEN days < 14 THEN '14 days' WHEN days < 30 THEN '30 days'
        ELSE 'longer' END AS time_between_purchases,
             COUNT(DISTINCT user_id) AS unique_user_count, COUNT(*) AS gaps, MAX(days) AS longest
      FROM gaps GROUP BY 1`,
    duckdb: `
      WITH gaps AS (
        SELECT user_id, epoch(event_dt_utc - lag(event_dt_utc) OVER (PARTITION BY user_id ORDER BY event_dt_utc)) / 86400 AS d
        FROM synthetic_shopping.conversions_all WHERE event_category = 'purchase' AND user_id IS NOT NULL AND event_dt_utc >= '2026-09-01'
          AND event_dt_utc < '2026-11-16')
      SELECT CASE WHEN d >= 30 THEN 'longer' WHEN d >= 14 THEN '30 days' WHEN d >= 7 THEN '14 days' WHEN d >= 1 THEN '07 days'
        ELSE '01 day' END AS time_between_purchases,
             count(DISTINCT user_id) AS unique_user_count, count(*) AS gaps, max(d) AS longest
      FROM gaps WHERE d IS NOT NULL GROUP BY 1`,
  },
}
