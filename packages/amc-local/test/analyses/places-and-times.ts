import type { Analyses } from './analysis.ts'

export const incrementality: Analyses = {
  'Performance by state or region': {
    amc: `
      WITH reached AS (
        SELECT iso_state_province_code AS state, user_id, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
        FROM dsp_impressions WHERE iso_country_code = 'US' GROUP BY 1, 2
      ), sold AS (
        SELECT user_id, SUM(total_product_sales) AS sales FROM amazon_attributed_events_by_conversion_time WHERE total_purchases > 0
          AND user_id IS NOT NULL GROUP BY user_id
      )
      SELECT COALESCE(SUBSTRING(state FROM 4 FOR 2), 'unknown') AS state, COUNT(DISTINCT r.user_id) AS reach,
             SUM(impressions) AS impressions, SUM(cost) AS cost,
             COUNT(DISTINCT s.user_id) AS users_that_purchased, SUM(sales) AS sales, SUM(sales) / NULLIF(SUM(cost), 0) AS roas
      FROM reached r LEFT JOIN sold s ON s.user_id = r.user_id
      GROUP BY 1`,
    duckdb: `
      WITH shown AS (SELECT right(iso_state_province_code, 2) AS s, user_id, total_cost FROM dsp_impressions WHERE iso_country_code = 'US'),
      people AS (SELECT DISTINCT s, user_id FROM shown),
      bought AS (SELECT s, count(DISTINCT user_id) AS u, sum(total_product_sales) AS v
        FROM people JOIN amazon_attributed_events_by_conversion_time USING (user_id)
        WHERE conversion_event_subtype = 'order' GROUP BY 1)
      SELECT coalesce(s, 'unknown') AS state, count(DISTINCT user_id) AS reach, count(*) AS impressions, sum(total_cost) / 1e5 AS cost,
             coalesce(any_value(u), 0) AS users_that_purchased,
             any_value(v) AS sales, any_value(v) / (sum(total_cost) / 1e5) AS roas
      FROM shown LEFT JOIN bought USING (s) GROUP BY s`,
  },

  'Regional holdout reading, difference in differences': {
    amc: `
      WITH regions (state, region) AS (
        VALUES ('US-NY', 'test'), ('US-FL', 'test'), ('US-CA', 'control'), ('US-TX', 'control'), ('US-IL', 'control')
      ), reached AS (
        SELECT r.region, IF(i.impression_date_utc < CUSTOM_PARAMETER('off_from'), 1, 2) AS period, i.user_id, COUNT(*) AS impressions
        FROM dsp_impressions i INNER JOIN regions r ON i.iso_state_province_code = r.state
        WHERE i.user_id IS NOT NULL GROUP BY 1, 2, 3
      ), rates AS (
        SELECT region, period, COUNT(DISTINCT user_id) AS reach, SUM(impressions) / COUNT(DISTINCT user_id) AS frequency
        FROM reached GROUP BY region, period
      ), changes AS (
        SELECT region, MAX(CASE period WHEN 2 THEN frequency END) - MAX(CASE period WHEN 1 THEN frequency END) AS change,
               SUM(reach) AS reach FROM rates GROUP BY region
      )
      SELECT MAX(IF(region = 'test', change, NULL)) - MAX(IF(region = 'control', change, NULL)) AS difference_in_differences,
             SUM(reach) AS reach_of_both_periods
      FROM changes`,
    duckdb: `
      WITH shown AS (SELECT user_id, iso_state_province_code IN ('US-NY', 'US-FL') AS test, impression_dt_utc >= '2026-10-16' AS later
        FROM dsp_impressions
        WHERE user_id IS NOT NULL AND iso_state_province_code IN ('US-NY', 'US-FL', 'US-CA', 'US-TX', 'US-IL')),
      f AS (SELECT count(*) FILTER (test AND later) / count(DISTINCT user_id) FILTER (test AND later) AS t2,
        count(*) FILTER (test AND NOT later) / count(DISTINCT user_id) FILTER (test AND NOT later) AS t1,
                   count(*) FILTER (NOT test AND later) / count(DISTINCT user_id) FILTER (NOT test AND later) AS c2,
                   count(*) FILTER (NOT test AND NOT later) / count(DISTINCT user_id) FILTER (NOT test AND NOT later) AS c1,
                     count(DISTINCT (user_id, test, later)) AS u FROM shown)
      SELECT (t2 - t1) - (c2 - c1) AS difference_in_differences, u AS reach_of_both_periods FROM f`,
    customParameters: [{ name: 'off_from', dataType: 'DATE', columnType: 'DIMENSION', defaultValue: '2026-10-16' }],
  },

  'Diminishing returns, by channel and week': {
    amc: `
      WITH cost AS (
        SELECT WEEK(impression_date_utc) AS week_number, 'dsp' AS channel, SUM(total_cost) / 100000 AS cost,
               SUM(impressions) AS impressions, 0 AS clicks FROM dsp_impressions GROUP BY 1
        UNION ALL
        SELECT EXTRACT(WEEK FROM event_date_utc), LOWER(TRIM(LEADING 's' FROM ad_product_type)), SUM(spend) / 100000000, SUM(impressions),
               SUM(clicks) FROM sponsored_ads_traffic GROUP BY 1, 2
      )
      SELECT week_number, channel, cost, impressions, clicks, cost / SUM(cost) OVER (PARTITION BY channel) AS share_of_cost,
             ROW_NUMBER() OVER (PARTITION BY channel ORDER BY week_number) AS week_of_run,
             POWER(LOG10(1 + cost), 2) AS curve, CEIL(cost) - FLOOR(cost) AS has_cents
      FROM cost`,
    duckdb: `
      WITH cost AS (
        SELECT strftime(impression_dt_utc, '%V')::INT AS w, 'dsp' AS c, sum(total_cost) / 1e5 AS m, count(*) AS i, 0 AS k
        FROM dsp_impressions GROUP BY 1
        UNION ALL SELECT strftime(event_dt_utc, '%V')::INT, ad_product_type[2:], sum(spend) / 1e8, count(*) FILTER (impressions = 1),
          count(*) FILTER (clicks = 1) FROM sponsored_ads_traffic GROUP BY 1, 2)
      SELECT w AS week_number, c AS channel, m AS cost, i AS impressions, k AS clicks,
             m / (SELECT sum(m) FROM cost o WHERE o.c = x.c) AS share_of_cost,
             (SELECT count(*) FROM cost o WHERE o.c = x.c AND o.w <= x.w) AS week_of_run,
             (ln(1 + m) / ln(10)) ** 2 AS curve, (m <> round(m))::INT AS has_cents
      FROM cost x`,
  },
}

export const timeOfDay: Analyses = {
  'Performance by hour and weekday, in the time zone of the advertiser': {
    amc: `
      WITH traffic AS (
        SELECT 'dsp' AS ad_product_type, campaign, impression_hour AS hour_of_day, EXTRACT(DOW FROM impression_date) AS dow, user_id,
               impressions, total_cost / 100000 AS ad_spend
        FROM dsp_impressions WHERE advertiser SIMILAR TO '^(Kestrel|Thistle)'
        UNION ALL
        SELECT ad_product_type, campaign, EXTRACT(HOUR FROM event_dt), DAYOFWEEK(event_dt), user_id, impressions, spend / 100000000
        FROM sponsored_ads_traffic WHERE advertiser LIKE 'Kestrel%' OR advertiser LIKE 'Thistle%'
      )
      SELECT ad_product_type, campaign,
             CASE WHEN hour_of_day BETWEEN 0 AND 5 THEN '1 night' WHEN hour_of_day BETWEEN 6 AND 11 THEN '2 morning'
               WHEN hour_of_day BETWEEN 12 AND 17 THEN '3 afternoon' ELSE '4 evening' END AS day_part,
             CASE dow WHEN 1 THEN 'Sunday' WHEN 2 THEN 'Monday' WHEN 3 THEN 'Tuesday' WHEN 4 THEN 'Wednesday' WHEN 5 THEN 'Thursday'
               WHEN 6 THEN 'Friday' WHEN 7 THEN 'Saturday' END AS day_of_week,
             COUNT(DISTINCT user_id) AS unique_reach, SUM(impressions) AS impressions, SUM(ad_spend) AS ad_spend
      FROM traffic GROUP BY 1, 2, 3, 4`,
    duckdb: `
      WITH seen AS (
        SELECT 'dsp' AS a, campaign, impression_dt_utc AT TIME ZONE 'UTC' AT TIME ZONE advertiser_timezone AS t, user_id, 1 AS i,
               total_cost / 1e5 AS m FROM dsp_impressions WHERE advertiser[:4] IN ('Kest', 'This')
        UNION ALL SELECT ad_product_type, campaign, event_dt_utc AT TIME ZONE 'UTC' AT TIME ZONE advertiser_timezone, user_id, impressions,
          spend / 1e8 FROM sponsored_ads_traffic WHERE advertiser[:4] IN ('Kest', 'This'))
      SELECT a AS ad_product_type, campaign, ['1 night', '2 morning', '3 afternoon', '4 evening'][1 + hour(t) // 6] AS day_part,
             dayname(t) AS day_of_week,
             count(DISTINCT user_id) AS unique_reach, sum(i) AS impressions, sum(m) AS ad_spend
      FROM seen GROUP BY ALL`,
  },

  'Orders by hour in New York and London, over the nights in which clocks change': {
    amc: `
      WITH orders AS (
        SELECT CONVERT_TIME_ZONE_FROM_UTC(event_dt_utc, 'America/New_York') AS new_york,
               CONVERT_TIME_ZONE_FROM_UTC(event_dt_utc, 'Europe/London') AS london, user_id, conversions
        FROM conversions WHERE event_subtype IN ('order', 'shoppingCart', 'detailPageView')
      )
      SELECT CAST(new_york AS DATE) AS day_in_new_york, EXTRACT(HOUR FROM new_york) AS hour_in_new_york, HOUR(london) AS hour_in_london,
             SUM(conversions) AS conversions, COUNT(DISTINCT user_id) AS users, MIN(DATE_TRUNC('HOUR', london)) AS first_london_hour
      FROM orders GROUP BY 1, 2, 3`,
    duckdb: `
      -- Clocks go back in London on 25 October, in New York on 1 November.
      WITH shifted AS (
        SELECT user_id, event_dt_utc - to_hours(CASE WHEN event_dt_utc < '2026-11-01 06:00' THEN 4 ELSE 5 END) AS ny,
               event_dt_utc + to_hours(CASE WHEN event_dt_utc < '2026-10-25 01:00' THEN 1 ELSE 0 END) AS ldn
        FROM conversions WHERE event_subtype IN ('order', 'shoppingCart', 'detailPageView'))
      SELECT ny::DATE AS day_in_new_york, date_part('hour', ny) AS hour_in_new_york, date_part('hour', ldn) AS hour_in_london,
             count(*) AS conversions, count(DISTINCT user_id) AS users,
             min(ldn - to_minutes(minute(ldn)) - to_seconds(second(ldn))) AS first_london_hour
      FROM shifted GROUP BY 1, 2, 3`,
    window: { start: '2026-10-24T00:00:00', end: '2026-11-03T00:00:00' },
  },
}
