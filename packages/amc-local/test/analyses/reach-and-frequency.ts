import type { Analyses } from './analysis.ts'

export const reachAndFrequency: Analyses = {
  'Reach and impression frequency, DSP': {
    amc: `
      WITH per_user AS (
        SELECT advertiser, campaign, user_id, SUM(impressions) AS frequency FROM dsp_impressions
        WHERE user_id IS NOT NULL GROUP BY 1, 2, 3
      ), bucketed AS (
        SELECT advertiser, campaign, user_id, frequency,
               IF(frequency >= 10, 'frequency_10+', CONCAT('frequency_', RIGHT(CONCAT('0', frequency), 2))) AS frequency_bucket
        FROM per_user
      )
      SELECT advertiser, campaign, frequency_bucket, COUNT(DISTINCT user_id) AS users_in_bucket, SUM(frequency) AS impressions_in_bucket,
             COUNT(DISTINCT user_id) / SUM(COUNT(DISTINCT user_id)) OVER (PARTITION BY advertiser, campaign) AS reach_percentage
      FROM bucketed
      GROUP BY advertiser, campaign, frequency_bucket`,
    duckdb: `
      WITH people AS (SELECT advertiser, campaign, user_id, count(*) AS n FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY ALL),
      totals AS (SELECT advertiser, campaign, count(*) AS all_of_them FROM people GROUP BY ALL)
      SELECT advertiser, campaign, CASE WHEN n < 10 THEN format('frequency_{:02d}', n) ELSE 'frequency_10+' END AS frequency_bucket,
             count(*) AS users_in_bucket, sum(n) AS impressions_in_bucket, count(*) / any_value(all_of_them) AS reach_percentage
      FROM people JOIN totals USING (advertiser, campaign) GROUP BY ALL`,
  },

  'Reach and impression frequency, all channels together': {
    amc: `
      WITH events AS (
        SELECT user_id, SUM(impressions) AS dsp, 0 AS sponsored FROM dsp_impressions GROUP BY user_id
        UNION ALL
        SELECT user_id, 0, SUM(impressions) FROM sponsored_ads_traffic GROUP BY user_id
      ), users AS (
        SELECT user_id, SUM(dsp) AS dsp, SUM(sponsored) AS sponsored, SUM(dsp + sponsored) AS frequency FROM events
        WHERE user_id IS NOT NULL GROUP BY user_id
      )
      SELECT LEAST(frequency, 15) AS frequency_bucket, COUNT(user_id) AS users_in_bucket, SUM(frequency) AS impressions_in_bucket,
             SUM(dsp) / SUM(frequency) AS share_dsp, SUM(sponsored) / SUM(frequency) AS share_sponsored,
             SUM(COUNT(user_id)) OVER (ORDER BY LEAST(frequency, 15)) / SUM(COUNT(user_id)) OVER () AS reach_percentage
      FROM users WHERE frequency > 0
      GROUP BY LEAST(frequency, 15)
      ORDER BY frequency_bucket DESC`,
    duckdb: `
      WITH events AS (SELECT user_id, true AS dsp FROM dsp_impressions UNION ALL SELECT user_id, false FROM sponsored_ads_traffic
        WHERE impressions = 1),
      people AS (SELECT user_id, count(*) AS n, count(*) FILTER (dsp) AS d FROM events WHERE user_id IS NOT NULL GROUP BY 1),
      buckets AS (SELECT CASE WHEN n > 15 THEN 15 ELSE n END AS b, count(*) AS u, sum(n) AS i, sum(d) AS d FROM people GROUP BY 1)
      SELECT b AS frequency_bucket, u AS users_in_bucket, i AS impressions_in_bucket, d / i AS share_dsp, 1 - d / i AS share_sponsored,
             (SELECT sum(u) FROM buckets s WHERE s.b <= x.b) / (SELECT count(*) FROM people) AS reach_percentage
      FROM buckets x ORDER BY b DESC`,
    ordered: true,
  },

  'Optimal frequency': {
    amc: `
      WITH events AS (
        SELECT user_id, impressions, total_cost / 100000 AS cost, 0 AS clicks, 0 AS dpv, 0 AS purchases, CAST(0 AS DECIMAL(18, 4)) AS sales
        FROM dsp_impressions
        UNION ALL
        SELECT user_id, 0, 0, clicks, 0, 0, 0 FROM dsp_clicks
        UNION ALL
        SELECT user_id, 0, 0, 0, total_detail_page_view, total_purchases, total_product_sales
        FROM amazon_attributed_events_by_traffic_time WHERE ad_product_type IS NULL
      ), users AS (
        SELECT user_id, SUM(impressions) AS frequency, SUM(cost) AS cost, SUM(clicks) AS clicks, SUM(dpv) AS dpv,
               SUM(purchases) AS purchases, SUM(sales) AS sales
        FROM events WHERE user_id IS NOT NULL GROUP BY user_id HAVING SUM(impressions) > 0
      )
      SELECT CASE WHEN frequency > 8 THEN 9 ELSE frequency END AS frequency_bucket, COUNT(DISTINCT user_id) AS reach, SUM(cost) AS cost,
             SUM(clicks) AS clicks,
             SUM(dpv) / SUM(frequency) AS detail_page_view_rate, SUM(purchases) / COUNT(DISTINCT user_id) AS purchase_rate,
               SUM(sales) AS total_product_sales,
             STDDEV(cost) AS cost_deviation, MEDIAN(cost) AS median_cost
      FROM users
      GROUP BY CASE WHEN frequency > 8 THEN 9 ELSE frequency END`,
    duckdb: `
      WITH seen AS (SELECT user_id, count(*) AS n, sum(total_cost) / 1e5 AS c FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1),
      tapped AS (SELECT user_id, count(*) AS k FROM dsp_clicks GROUP BY 1),
      done AS (SELECT user_id, count(*) FILTER (conversion_event_subtype = 'detailPageView') AS v,
        count(*) FILTER (conversion_event_subtype = 'order') AS o, sum(total_product_sales) AS s
        FROM amazon_attributed_events_by_traffic_time WHERE ad_product_type IS NULL GROUP BY 1)
      SELECT least(n, 9) AS frequency_bucket, count(*) AS reach, sum(c) AS cost, coalesce(sum(k), 0) AS clicks,
             coalesce(sum(v), 0) / sum(n) AS detail_page_view_rate,
             coalesce(sum(o), 0) / count(*) AS purchase_rate, sum(s) AS total_product_sales,
             sqrt((sum(c * c) - sum(c) * sum(c) / count(*)) / (count(*) - 1)) AS cost_deviation, quantile_cont(c, 0.5) AS median_cost
      FROM seen LEFT JOIN tapped USING (user_id) LEFT JOIN done USING (user_id) GROUP BY 1`,
  },

  'Weekly reach and saturation': {
    amc: `
      WITH weekly AS (
        SELECT DATE_TRUNC('week', impression_dt_utc) AS week_start, campaign, user_id, SUM(impressions) AS impressions,
               SUM(total_cost) / 100000.0 AS cost
        FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1, 2, 3
      ), firsts AS (
        SELECT campaign, user_id, MIN(week_start) AS first_week FROM weekly GROUP BY campaign, user_id
      ), joined AS (
        SELECT w.week_start, w.campaign, COUNT(DISTINCT w.user_id) AS weekly_reach,
               COUNT(DISTINCT CASE WHEN w.week_start = f.first_week THEN w.user_id END) AS new_reach,
               SUM(w.impressions) AS impressions, SUM(w.cost) AS cost
        FROM weekly w INNER JOIN firsts f ON f.campaign = w.campaign AND f.user_id = w.user_id GROUP BY 1, 2
      )
      SELECT week_start, campaign, weekly_reach, new_reach,
             SUM(new_reach) OVER (PARTITION BY campaign ORDER BY week_start) AS cumulative_reach,
             impressions / weekly_reach AS frequency, cost / NULLIF(new_reach, 0) AS cost_per_new_user
      FROM joined`,
    duckdb: `
      WITH days AS (SELECT campaign, user_id, total_cost, epoch(impression_dt_utc)::BIGINT AS s FROM dsp_impressions
        WHERE user_id IS NOT NULL),
      -- 1970-01-05 was a Monday.
      weeks AS (SELECT *, (s - 345600) // 604800 AS w FROM days),
      firsts AS (SELECT campaign, user_id, min(w) AS f FROM weeks GROUP BY ALL)
      SELECT make_timestamp((w * 604800 + 345600) * 1000000) AS week_start, campaign, count(DISTINCT user_id) AS weekly_reach,
             count(DISTINCT user_id) FILTER (f = w) AS new_reach,
             (SELECT count(*) FROM firsts o WHERE o.campaign = x.campaign AND o.f <= x.w) AS cumulative_reach,
             count(*) / count(DISTINCT user_id) AS frequency,
             sum(total_cost) / 1e5 / nullif(count(DISTINCT user_id) FILTER (f = w), 0) AS cost_per_new_user
      FROM weeks x JOIN firsts USING (campaign, user_id) GROUP BY w, campaign`,
  },

  Viewability: {
    amc: `
      WITH seen AS (
        SELECT impression_id, MAX(measurable_impressions) AS measurable, MAX(viewable_impressions) AS viewable
        FROM dsp_views GROUP BY impression_id
      )
      SELECT i.campaign, i.site, SUM(i.impressions) AS impressions, SUM(s.measurable) AS measurable_impressions,
             SUM(s.viewable) AS viewable_impressions,
             ROUND(100.0 * SUM(s.viewable) / NULLIF(SUM(s.measurable), 0), 2) AS viewability_rate,
             SUM(s.measurable) / SUM(i.impressions) AS measurability_rate
      FROM dsp_impressions i LEFT JOIN seen s ON i.request_tag = s.impression_id
      GROUP BY i.campaign, i.site
      HAVING SUM(i.impressions) >= 50`,
    duckdb: `
      WITH kinds AS (SELECT impression_id, list(event_type) AS k FROM dsp_views GROUP BY 1)
      SELECT campaign, site, count(*) AS impressions, sum(list_contains(k, 'MEASURABLE_IMP')::INT) AS measurable_impressions,
             sum(list_contains(k, 'VIEW')::INT) AS viewable_impressions,
             round(sum(list_contains(k, 'VIEW')::INT) * 100 / nullif(sum(list_contains(k, 'MEASURABLE_IMP')::INT), 0),
               2) AS viewability_rate,
             sum(list_contains(k, 'MEASURABLE_IMP')::INT) / count(*) AS measurability_rate
      FROM dsp_impressions LEFT JOIN kinds ON request_tag = impression_id GROUP BY 1, 2 HAVING count(*) > 49`,
  },
}
