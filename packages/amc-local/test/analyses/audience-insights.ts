import type { Analyses } from './analysis.ts'

export const audienceInsights: Analyses = {
  'Segment performance': {
    amc: `
      WITH exposed AS (
        SELECT behavior_segment_name, behavior_segment_id, behavior_segment_matched, user_id, SUM(impressions) AS impressions,
               SUM(total_cost) / 100000 AS cost
        FROM dsp_impressions_by_user_segments WHERE campaign LIKE 'Kestrel Ridge | %' GROUP BY 1, 2, 3, 4
      ), buyers AS (
        SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
        FROM amazon_attributed_events_by_conversion_time WHERE total_purchases > 0 AND user_id IS NOT NULL GROUP BY user_id
      )
      SELECT behavior_segment_name, behavior_segment_id, behavior_segment_matched, SUM(impressions) AS impressions,
             COUNT(DISTINCT e.user_id) AS reach,
             COUNT(DISTINCT b.user_id) AS users_that_purchased, SUM(purchases) AS purchases, SUM(sales) AS sales,
             SUM(cost) / NULLIF(SUM(purchases), 0) AS cost_per_purchase
      FROM exposed e LEFT JOIN buyers b ON e.user_id = b.user_id
      GROUP BY 1, 2, 3`,
    duckdb: `
      -- Once more from the lists of the impressions themselves.
      WITH rows_of_segments AS (
        SELECT user_id, unnest(user_behavior_segment_ids) AS s, matched_behavior_segment_ids AS matched, total_cost FROM dsp_impressions
        WHERE campaign LIKE 'Kestrel Ridge | %'),
      names AS (SELECT behavior_segment_id AS s, any_value(behavior_segment_name) AS name FROM synthetic.dsp_impressions_by_user_segments
        GROUP BY 1),
      people AS (SELECT s, list_contains(matched, s) AS m, user_id, count(*) AS i, sum(total_cost) / 1e5 AS c FROM rows_of_segments
        GROUP BY ALL),
      bought AS (SELECT user_id, count(*) AS n, sum(total_product_sales) AS v FROM amazon_attributed_events_by_conversion_time
        WHERE conversion_event_subtype = 'order' GROUP BY 1)
      SELECT any_value(name) AS behavior_segment_name, s AS behavior_segment_id, m::INT AS behavior_segment_matched, sum(i) AS impressions,
             count(DISTINCT user_id) AS reach,
             count(n) AS users_that_purchased, sum(n) AS purchases, sum(v) AS sales, sum(c) / sum(n) AS cost_per_purchase
      FROM people JOIN names USING (s) LEFT JOIN bought USING (user_id) GROUP BY s, m`,
  },

  'Audience overlap': {
    amc: `
      WITH members AS (
        SELECT user_id, EXPLODE(user_behavior_segment_ids) AS segment_id FROM dsp_impressions WHERE user_id IS NOT NULL
      ), named AS (
        SELECT DISTINCT m.user_id, s.segment_name FROM members m INNER JOIN segment_metadata s ON m.segment_id = s.segment_id
          AND s.segment_marketplace_id = 1
      ), pairs AS (
        SELECT a.segment_name AS targeted_segment, b.segment_name AS behavior_segment_name, COUNT(DISTINCT a.user_id) AS overlap_users
        FROM named a INNER JOIN named b ON a.user_id = b.user_id
        WHERE a.segment_name LIKE 'IM - C%' GROUP BY 1, 2
      )
      SELECT targeted_segment, behavior_segment_name, overlap_users,
             MAX(overlap_users) OVER (PARTITION BY targeted_segment) AS target_segment_size,
             DENSE_RANK() OVER (PARTITION BY targeted_segment ORDER BY overlap_users DESC) AS overlap_rank
      FROM pairs`,
    duckdb: `
      WITH people AS (SELECT user_id, any_value(user_behavior_segment_ids) AS l FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1),
      known AS (SELECT segment_id AS id, segment_name AS name FROM segment_metadata WHERE segment_marketplace_id = 1),
      ids AS (SELECT x, unnest(l) AS y FROM (SELECT l,
        unnest(list_intersect(l, (SELECT list(id) FROM known WHERE starts_with(name, 'IM - C')))) AS x FROM people)),
      pairs AS (SELECT a.name AS a, b.name AS b, count(*) AS n FROM ids JOIN known a ON a.id = x JOIN known b ON b.id = y GROUP BY 1, 2)
      SELECT a AS targeted_segment, b AS behavior_segment_name, n AS overlap_users,
             (SELECT n FROM pairs s WHERE s.a = p.a AND s.b = p.a) AS target_segment_size,
             1 + (SELECT count(DISTINCT n) FROM pairs s WHERE s.a = p.a AND s.n > p.n) AS overlap_rank
      FROM pairs p`,
  },

  'Segment membership of buyers, with an index': {
    amc: `
      WITH members AS (
        SELECT user_id, segment_id, segment_name FROM audience_segments_amer_inmarket WHERE segment_marketplace_id = 1
        UNION ALL
        SELECT user_id, segment_id, segment_name FROM audience_segments_amer_lifestyle WHERE segment_marketplace_id = 1
      ), buyers AS (
        SELECT user_id FROM conversions WHERE event_subtype = 'order' AND user_id IS NOT NULL GROUP BY user_id
      ), counted AS (
        SELECT m.segment_id, m.segment_name, COUNT(DISTINCT m.user_id) AS everybody, COUNT(DISTINCT b.user_id) AS buyers
        FROM members m LEFT OUTER JOIN buyers b ON m.user_id = b.user_id GROUP BY 1, 2
      ), totals AS (
        SELECT COUNT(DISTINCT m.user_id) AS everybody, COUNT(DISTINCT b.user_id) AS buyers FROM members m LEFT JOIN buyers b
          ON m.user_id = b.user_id
      )
      SELECT segment_id, segment_name, c.buyers, c.buyers / t.buyers AS share_of_buyers, c.everybody / t.everybody AS share_of_all,
             ROUND(100 * (c.buyers / t.buyers) / (c.everybody / t.everybody), 1) AS segment_index
      FROM counted c CROSS JOIN totals t`,
    duckdb: `
      WITH members AS (SELECT * FROM audience_segments_amer_inmarket UNION ALL BY NAME SELECT * FROM audience_segments_amer_lifestyle),
      people AS (SELECT user_id, list(DISTINCT segment_id) AS l,
        user_id IN (SELECT user_id FROM conversions WHERE event_category = 'purchase' AND user_id IS NOT NULL) AS buys
        FROM members WHERE segment_marketplace_id = 1 AND user_id IS NOT NULL GROUP BY 1)
      SELECT s.segment_id, s.segment_name, count(*) FILTER (buys) AS buyers, count(*) FILTER (buys) / (SELECT count(*) FROM people
      WHERE buys) AS share_of_buyers,
             count(*) / (SELECT count(*) FROM people) AS share_of_all,
             round(100 * (count(*) FILTER (buys) / (SELECT count(*) FROM people WHERE buys)) / (count(*) / (SELECT count(*) FROM people)),
               1) AS segment_index
      FROM people JOIN segment_metadata s ON list_contains(l, s.segment_id) AND s.segment_marketplace_id = 1 GROUP BY 1, 2`,
  },

  'Exposure against no exposure': {
    amc: `
      SELECT exposure_type, COUNT(DISTINCT user_id) AS users, SUM(conversions) AS purchases,
             SUM(total_product_sales) AS total_product_sales,
             SUM(total_product_sales) / COUNT(DISTINCT user_id) AS sales_per_user,
             COUNT(DISTINCT user_id) FILTER (WHERE new_to_brand = TRUE) / COUNT(DISTINCT user_id) AS ntb_share,
             APPROX_PERCENTILE(purchase_unit_price, 0.5) > 5 AS dear
      FROM conversions_all
      WHERE event_subtype = 'order' AND exposure_type IN ('ad-exposed', 'non-ad-exposed')
      GROUP BY exposure_type`,
    duckdb: `
      WITH seen AS (SELECT user_id, total_units_sold * purchase_unit_price AS s, new_to_brand FROM conversions_all
        WHERE event_subtype = 'order' AND exposure_type NOT LIKE 'non%'),
      others AS (SELECT user_id, total_units_sold * purchase_unit_price AS s, new_to_brand FROM conversions_all
        WHERE event_subtype = 'order' AND exposure_type LIKE 'non%')
      SELECT 'ad-exposed' AS exposure_type, count(DISTINCT user_id) AS users, count(*) AS purchases, sum(s) AS total_product_sales,
             sum(s) / count(DISTINCT user_id) AS sales_per_user,
             (SELECT count(DISTINCT user_id) FROM seen WHERE new_to_brand) / count(DISTINCT user_id) AS ntb_share, true AS dear FROM seen
      UNION ALL
      SELECT 'non-ad-exposed', count(DISTINCT user_id), count(*), sum(s), sum(s) / count(DISTINCT user_id),
             (SELECT count(DISTINCT user_id) FROM others WHERE new_to_brand) / count(DISTINCT user_id), true FROM others`,
  },

  'Bid boost for an audience': {
    amc: `
      WITH traffic AS (
        SELECT campaign, campaign_id_string, ad_product_type, IF(matched_behavior_segment_ids IS NULL, 'no', 'yes') AS boosted, user_id,
               impressions, clicks, spend
        FROM sponsored_ads_traffic WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands')
      ), sales AS (
        SELECT campaign_id_string, user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
        FROM amazon_attributed_events_by_traffic_time WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands')
          AND total_purchases > 0 AND user_id IS NOT NULL GROUP BY 1, 2
      ), per_user AS (
        SELECT campaign, campaign_id_string, ad_product_type, boosted, user_id, SUM(impressions) AS impressions, SUM(clicks) AS clicks,
               SUM(spend) AS spend
        FROM traffic GROUP BY 1, 2, 3, 4, 5
      )
      SELECT campaign, ad_product_type, boosted, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000 AS spend,
             SUM(purchases) AS purchases,
             COALESCE(SUM(sales), 0) / NULLIF(SUM(spend) / 100000000, 0) AS roas
      FROM per_user t LEFT JOIN sales s ON t.campaign_id_string = s.campaign_id_string AND t.user_id = s.user_id
      GROUP BY 1, 2, 3`,
    duckdb: `
      WITH bought AS (SELECT campaign, user_id, count(*) AS n, sum(total_product_sales) AS v FROM amazon_attributed_events_by_traffic_time
        WHERE conversion_event_subtype = 'order' GROUP BY ALL),
      people AS (SELECT campaign, ad_product_type, matched_behavior_segment_ids LIKE '3%' AS b, user_id,
        list((impressions, clicks, spend)) AS l FROM sponsored_ads_traffic
        WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands') GROUP BY ALL)
      SELECT campaign, ad_product_type, CASE WHEN b THEN 'yes' ELSE 'no' END AS boosted,
             sum(list_sum(list_transform(l, lambda e: e[1]))) AS impressions,
             sum(list_sum(list_transform(l, lambda e: e[2]))) AS clicks, sum(list_sum(list_transform(l, lambda e: e[3]))) / 1e8 AS spend,
               sum(n) AS purchases,
             CASE WHEN sum(list_sum(list_transform(l, lambda e: e[3]))) > 0 THEN coalesce(sum(v),
               0) / (sum(list_sum(list_transform(l, lambda e: e[3]))) / 1e8) END AS roas
      FROM people LEFT JOIN bought USING (campaign, user_id) GROUP BY 1, 2, 3`,
  },

  'Recency, frequency and value grid': {
    amc: `
      WITH customers AS (
        SELECT user_id, MAX(purchase_date_utc) AS last_day, COUNT(DISTINCT purchase_id) AS orders,
               SUM(purchase_units_sold * unit_price) AS sales
        FROM TABLE(EXTEND_TIME_WINDOW('amazon_retail_purchases', 'P397D', 'P0D')) GROUP BY user_id
      )
      SELECT CASE
               WHEN last_day >= CAST(BUILT_IN_PARAMETER('TIME_WINDOW_END') AS DATE) - INTERVAL '30' DAY THEN 'active'
               WHEN last_day >= CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE) - INTERVAL '150' DAY THEN 'sleeping'
               ELSE 'lost'
             END AS recency_bucket,
             IF(orders > 5, '6+', CAST(orders AS VARCHAR)) AS frequency_bucket, COUNT(DISTINCT user_id) AS users, SUM(sales) AS sales,
               AVG(sales) AS sales_per_user
      FROM customers GROUP BY 1, 2`,
    duckdb: `
      WITH lines AS (SELECT * FROM synthetic_shopping.amazon_retail_purchases
        WHERE purchase_dt_utc >= TIMESTAMP '2026-10-01' - INTERVAL 397 DAY AND purchase_dt_utc < '2026-11-01'),
      baskets AS (SELECT user_id, purchase_id, max(purchase_dt_utc) AS t, sum(purchase_units_sold * unit_price) AS v
        FROM lines GROUP BY ALL),
      customers AS (SELECT user_id, max(t) AS t, count(*) AS n, sum(v) AS v FROM baskets GROUP BY user_id)
      SELECT CASE WHEN t >= '2026-10-02' THEN 'active' WHEN t >= '2026-05-04' THEN 'sleeping' ELSE 'lost' END AS recency_bucket,
             CASE WHEN n <= 5 THEN n::VARCHAR ELSE '6+' END AS frequency_bucket, count(user_id) AS users, sum(v) AS sales,
               sum(v) / count(*) AS sales_per_user
      FROM customers GROUP BY 1, 2`,
  },

  'Vehicle owners': {
    amc: `
      WITH owners AS (
        SELECT DISTINCT user_id, UPPER(garage_make) AS garage_make, garage_model, vehicle_type FROM amazon_your_garage
        WHERE user_id IS NOT NULL
      ), bought AS (
        SELECT user_id, SUM(conversions) AS conversions, SUM(total_product_sales) AS sales FROM conversions WHERE event_subtype = 'order'
        GROUP BY user_id
      )
      SELECT garage_make, garage_model, vehicle_type, COUNT(DISTINCT o.user_id) AS users, SUM(conversions) AS conversions,
             SUM(sales) AS sales,
             COUNT(DISTINCT b.user_id) / COUNT(DISTINCT o.user_id) AS share_of_owners
      FROM owners o LEFT JOIN bought b ON b.user_id = o.user_id
      GROUP BY 1, 2, 3`,
    duckdb: `
      WITH owned AS (SELECT upper(garage_make) AS m, garage_model, vehicle_type, list(DISTINCT user_id) AS people FROM amazon_your_garage
        GROUP BY ALL),
      orders AS (SELECT user_id, total_product_sales AS v FROM conversions WHERE event_subtype = 'order'),
      one_by_one AS (SELECT m, garage_model, vehicle_type, unnest(people) AS user_id FROM owned),
      counted AS (SELECT m, garage_model, vehicle_type, count(v) AS n, sum(v) AS v, count(DISTINCT user_id) AS b
        FROM one_by_one JOIN orders USING (user_id) GROUP BY ALL)
      SELECT m AS garage_make, garage_model, vehicle_type, len(people) AS users, nullif(n, 0) AS conversions, v AS sales,
             coalesce(b, 0) / len(people) AS share_of_owners
      FROM owned LEFT JOIN counted USING (m, garage_model, vehicle_type)`,
  },

  'Vehicle purchases after DSP exposure': {
    amc: `
      WITH reached AS (
        SELECT user_id, campaign, MIN(impression_date_utc) AS first_day, SUM(total_cost) / 100000 AS cost
        FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P60D', 'P0D')) WHERE advertiser = 'Vantry Motors' AND user_id IS NOT NULL
        GROUP BY 1, 2
      )
      SELECT r.campaign, v.vehicle_make, v.new_or_used, COUNT(DISTINCT v.user_id) AS users, COUNT(*) AS purchases,
             SUM(cost) AS cost_of_buyers
      FROM reached r INNER JOIN experian_vehicle_purchases v ON v.user_id = r.user_id AND v.purchase_date >= r.first_day
      GROUP BY r.campaign, v.vehicle_make, v.new_or_used`,
    duckdb: `
      WITH shown AS (SELECT user_id, campaign, impression_dt_utc, total_cost FROM synthetic.dsp_impressions
        WHERE impression_dt_utc >= '2026-07-02' AND impression_dt_utc < '2026-10-01' AND advertiser = 'Vantry Motors'),
      cars AS (SELECT *, row_number() OVER () AS car FROM synthetic_vehicles.experian_vehicle_purchases
        WHERE date_trunc('month', purchase_date) = '2026-09-01')
      SELECT campaign, vehicle_make, new_or_used, count(DISTINCT user_id) AS users, count(*) AS purchases, sum(cost) AS cost_of_buyers
      FROM (SELECT c.user_id, campaign, vehicle_make, new_or_used, sum(s.total_cost) / 1e5 AS cost FROM cars c JOIN shown s USING (user_id)
      GROUP BY c.user_id, campaign, vehicle_make, new_or_used, car HAVING min(impression_dt_utc)::DATE <= any_value(purchase_date))
      GROUP BY 1, 2, 3`,
    window: { start: '2026-09-01T00:00:00', end: '2026-10-01T00:00:00' },
  },
}
