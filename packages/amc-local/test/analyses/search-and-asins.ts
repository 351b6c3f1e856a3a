import type { Analyses } from './analysis.ts'

export const searchAndAsins: Analyses = {
  'Traffic by keyword and search term': {
    amc: `
      SELECT targeting AS keyword, LOWER(customer_search_term) AS customer_search_term, match_type, ad_product_type,
             SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) / 100000000 AS spend,
             COUNT(DISTINCT user_id) AS users
      FROM sponsored_ads_traffic
      WHERE customer_search_term LIKE '%skillet%' OR customer_search_term SIMILAR TO '\\btents?$'
      GROUP BY 1, 2, 3, 4`,
    duckdb: `
      SELECT targeting AS keyword, lower(customer_search_term) AS customer_search_term, match_type, ad_product_type,
             sum(impressions) AS impressions, sum(clicks) AS clicks,
             sum(spend) / 1e8 AS spend, count(DISTINCT user_id) AS users
      FROM sponsored_ads_traffic
      WHERE contains(customer_search_term, 'skillet') OR list_last(string_split(customer_search_term, ' ')) IN ('tent', 'tents')
      GROUP BY ALL`,
  },

  'Harvest and negate': {
    amc: `
      WITH traffic AS (
        SELECT customer_search_term, SUM(spend) / 100000000 AS spend, SUM(clicks) AS clicks FROM sponsored_ads_traffic
        WHERE customer_search_term IS NOT NULL GROUP BY customer_search_term
      ), results AS (
        SELECT customer_search_term, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
        FROM amazon_attributed_events_by_traffic_time
        WHERE customer_search_term IS NOT NULL GROUP BY customer_search_term
      )
      SELECT t.customer_search_term, spend, clicks, COALESCE(purchases, 0) AS purchases, NVL(sales, 0) AS sales,
             sales / NULLIF(spend, 0) AS roas,
             CASE WHEN purchases >= 3 THEN 'harvest' WHEN clicks >= 5 AND COALESCE(purchases, 0) = 0 THEN 'negate'
               ELSE 'watch' END AS advice
      FROM traffic t LEFT JOIN results r ON r.customer_search_term = t.customer_search_term
      ORDER BY spend DESC, t.customer_search_term
      LIMIT 40`,
    duckdb: `
      WITH events AS (
        SELECT customer_search_term AS term, spend, clicks, 0 AS p, 0 AS v FROM sponsored_ads_traffic
        UNION ALL SELECT customer_search_term, 0, 0, (conversion_event_subtype = 'order')::INT, total_product_sales
          FROM amazon_attributed_events_by_traffic_time
          WHERE customer_search_term IN (SELECT customer_search_term FROM sponsored_ads_traffic)),
      terms AS (SELECT term, sum(spend) / 1e8 AS s, sum(clicks) AS c, sum(p) AS p, sum(v) AS v FROM events WHERE term IS NOT NULL
        GROUP BY 1)
      SELECT term AS customer_search_term, s AS spend, c AS clicks, p AS purchases, v AS sales,
             CASE WHEN s > 0 AND term IN (SELECT customer_search_term FROM amazon_attributed_events_by_traffic_time
               WHERE customer_search_term IS NOT NULL) THEN v / s END AS roas,
             CASE WHEN p > 2 THEN 'harvest' WHEN p = 0 AND c > 4 THEN 'negate' ELSE 'watch' END AS advice
      FROM terms ORDER BY s DESC, term LIMIT 40`,
    ordered: true,
  },

  'Branded searches after DSP': {
    amc: `
      WITH exposed AS (
        SELECT user_id, campaign, MIN(impression_dt_utc) AS first_dt FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id,
               campaign
      ), searched AS (
        SELECT user_id, REGEXP_REPLACE(tracked_item, '^keyword#', '') AS keyword, conversion_event_dt_utc
        FROM amazon_attributed_events_by_conversion_time WHERE tracked_item SIMILAR TO '^keyword' AND user_id IS NOT NULL
      )
      SELECT e.campaign, IF(SECONDS_BETWEEN(first_dt, conversion_event_dt_utc) < 0, 'before', 'after') AS period, keyword,
             COUNT(*) AS number_of_branded_searches
      FROM exposed e INNER JOIN searched s ON e.user_id = s.user_id
      GROUP BY 1, 2, 3`,
    duckdb: `
      WITH searched AS (SELECT user_id, split_part(tracked_item, '#', 2) AS keyword, conversion_event_dt_utc AS t
        FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_subtype = 'searchConversion'),
      -- A search lies after the first impression if and only if it lies after some impression.
      told AS (SELECT s.rowid_of, i.campaign, s.keyword, bool_or(i.impression_dt_utc <= s.t) AS later
        FROM (SELECT *, row_number() OVER () AS rowid_of FROM searched) s JOIN dsp_impressions i USING (user_id) GROUP BY 1, 2, 3)
      SELECT campaign, CASE WHEN later THEN 'after' ELSE 'before' END AS period, keyword, count(*) AS number_of_branded_searches
      FROM told GROUP BY 1, 2, 3`,
  },

  'Placement performance': {
    amc: `
      WITH t AS (
        SELECT campaign, placement_type, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(spend) AS spend
        FROM sponsored_ads_traffic GROUP BY 1, 2
      ), s AS (
        SELECT campaign, placement_type, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
        FROM amazon_attributed_events_by_traffic_time
        WHERE ad_product_type IS NOT NULL GROUP BY 1, 2
      )
      SELECT campaign, placement_type, impressions, clicks, spend / 100000000 AS spend, purchases, sales,
             clicks / NULLIF(impressions, 0) AS ctr,
             spend / 100000000 / NULLIF(clicks, 0) AS cpc, sales / NULLIF(spend / 100000000, 0) AS roas
      FROM t FULL OUTER JOIN s USING (campaign, placement_type)`,
    duckdb: `
      WITH keys AS (
        SELECT DISTINCT campaign, placement_type FROM sponsored_ads_traffic
        UNION SELECT DISTINCT campaign, placement_type FROM amazon_attributed_events_by_traffic_time WHERE ad_product_type LIKE '%'),
      -- A key without a placement meets none, so that both sides stand alone.
      t AS (SELECT campaign, placement_type, sum(impressions) AS i, sum(clicks) AS c, sum(spend) / 1e8 AS m FROM sponsored_ads_traffic
        GROUP BY ALL),
      s AS (SELECT campaign, placement_type, count(*) FILTER (conversion_event_subtype = 'order') AS p, sum(total_product_sales) AS v
        FROM amazon_attributed_events_by_traffic_time
        WHERE ad_product_type LIKE '%' GROUP BY ALL)
      SELECT campaign, placement_type, t.i AS impressions, t.c AS clicks, t.m AS spend, s.p AS purchases, s.v AS sales,
             t.c / nullif(t.i, 0) AS ctr, t.m / nullif(t.c, 0) AS cpc, s.v / nullif(t.m, 0) AS roas
      FROM keys k LEFT JOIN t USING (campaign, placement_type) LEFT JOIN s USING (campaign, placement_type) WHERE placement_type IS NOT NULL
      UNION ALL SELECT campaign, NULL, i, c, m, NULL, NULL, c / nullif(i, 0), m / nullif(c, 0), NULL FROM t WHERE placement_type IS NULL
      UNION ALL SELECT campaign, NULL, NULL, NULL, NULL, p, v, NULL, NULL, NULL FROM s WHERE placement_type IS NULL`,
  },

  'Products bought together': {
    amc: `
      WITH bought AS (
        SELECT DISTINCT user_id, tracked_asin FROM amazon_attributed_events_by_conversion_time WHERE tracked_asin IS NOT NULL
          AND user_id IS NOT NULL
      )
      SELECT a.tracked_asin AS lead_asin, b.tracked_asin AS overlap_asin, COUNT(DISTINCT a.user_id) AS overlap_users,
             COUNT(DISTINCT a.user_id) / MAX(n.lead_asin_users) AS user_overlap
      FROM bought a
      INNER JOIN bought b ON a.user_id = b.user_id AND a.tracked_asin <> b.tracked_asin
      INNER JOIN (SELECT tracked_asin, COUNT(DISTINCT user_id) AS lead_asin_users FROM bought GROUP BY tracked_asin) n
        ON n.tracked_asin = a.tracked_asin
      GROUP BY a.tracked_asin, b.tracked_asin`,
    duckdb: `
      WITH baskets AS (SELECT user_id, list(DISTINCT tracked_item) AS l FROM amazon_attributed_events_by_conversion_time
        WHERE conversion_event_subtype = 'order' AND user_id IS NOT NULL GROUP BY 1),
      pairs AS (SELECT x, unnest(l) AS y FROM (SELECT l, unnest(l) AS x FROM baskets))
      SELECT x AS lead_asin, y AS overlap_asin, count(*) AS overlap_users,
             count(*) / (SELECT count(*) FROM baskets WHERE list_contains(l, x)) AS user_overlap
      FROM pairs WHERE x <> y GROUP BY x, y`,
  },

  'Cross-purchase sequence': {
    amc: `
      WITH orders AS (
        SELECT user_id, tracked_asin, MIN(conversion_event_dt_utc) AS bought_at FROM amazon_attributed_events_by_conversion_time
        WHERE total_purchases > 0 AND user_id IS NOT NULL GROUP BY user_id, tracked_asin
      ), pairs AS (
        SELECT a.tracked_asin AS lead_asin, b.tracked_asin AS follow_up_asin, COUNT(DISTINCT a.user_id) AS cross_purchased_users,
               AVG(SECONDS_BETWEEN(a.bought_at, b.bought_at)) / 86400 AS avg_days_between_purchases
        FROM orders a JOIN orders b ON a.user_id = b.user_id AND b.bought_at > a.bought_at GROUP BY 1, 2
      )
      SELECT lead_asin, follow_up_asin, cross_purchased_users, avg_days_between_purchases, cross_purchase_rank
      FROM (
        SELECT lead_asin, follow_up_asin, cross_purchased_users, avg_days_between_purchases,
               RANK() OVER (PARTITION BY lead_asin ORDER BY cross_purchased_users DESC) AS cross_purchase_rank
        FROM pairs
      ) ranked
      WHERE cross_purchase_rank <= 3`,
    duckdb: `
      WITH firsts AS (SELECT user_id, tracked_item AS a, min(epoch(conversion_event_dt_utc)) AS t
        FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_subtype = 'order' AND user_id IS NOT NULL GROUP BY 1, 2),
      pairs AS (SELECT x.a AS lead_asin, y.a AS follow_up_asin, count(*) AS n, sum(y.t - x.t) / 86400 / count(*) AS d FROM firsts x,
        firsts y WHERE x.user_id = y.user_id AND x.t < y.t GROUP BY ALL)
      SELECT lead_asin, follow_up_asin, n AS cross_purchased_users, d AS avg_days_between_purchases,
             rank() OVER (PARTITION BY lead_asin ORDER BY n DESC) AS cross_purchase_rank
      FROM pairs QUALIFY cross_purchase_rank < 4`,
  },

  'Brand halo': {
    amc: `
      SELECT campaign, SUM(purchases) AS promoted_purchases, SUM(brand_halo_purchases) AS brand_halo_purchases,
             SUM(product_sales) AS promoted_sales,
             SUM(brand_halo_product_sales) AS brand_halo_sales, SUM(brand_halo_product_sales) / NULLIF(SUM(total_product_sales),
               0) AS halo_share
      FROM amazon_attributed_events_by_traffic_time
      WHERE COALESCE(ad_product_type, 'DSP') <> 'sponsored_television'
      GROUP BY campaign
      HAVING halo_share > 0`,
    duckdb: `
      WITH orders AS (SELECT campaign, product_sales > 0 AS promoted, total_units_sold * purchase_unit_price AS v
        FROM amazon_attributed_events_by_traffic_time
        WHERE conversion_event_subtype = 'order' AND ad_product_type IS DISTINCT FROM 'sponsored_television')
      SELECT campaign, count(*) FILTER (promoted) AS promoted_purchases, count(*) FILTER (NOT promoted) AS brand_halo_purchases,
             coalesce(sum(v) FILTER (promoted), 0) AS promoted_sales,
             sum(v) FILTER (NOT promoted) AS brand_halo_sales, sum(v) FILTER (NOT promoted) / sum(v) AS halo_share
      FROM orders GROUP BY 1 HAVING bool_or(NOT promoted)`,
  },

  'Conversions with relevance, by scope and halo code': {
    amc: `
      SELECT engagement_scope, halo_code, event_type_class, COUNT(DISTINCT conversion_id) AS conversions, COUNT(*) AS relevant_rows,
             SUM(total_product_sales) AS sales_of_rows,
             COUNT(DISTINCT campaign_id_string) AS campaigns
      FROM conversions_with_relevance
      WHERE event_category <> 'off-Amazon' AND event_type_class IN ('conversion', 'consideration')
      GROUP BY engagement_scope, halo_code, event_type_class`,
    duckdb: `
      WITH once AS (SELECT conversion_id, event_type_class AS c, total_product_sales AS v FROM conversions
        WHERE event_category IN ('website', 'purchase') AND event_type_class LIKE 'con%'),
      told AS (SELECT conversion_id, engagement_scope, halo_code, list(campaign_id_string) AS l FROM conversions_with_relevance
        GROUP BY ALL)
      SELECT engagement_scope, halo_code, c AS event_type_class, count(*) AS conversions, sum(len(l)) AS relevant_rows,
             sum(v * len(l)) AS sales_of_rows,
             len(list_distinct(flatten(list(l)))) AS campaigns
      FROM once JOIN told USING (conversion_id) GROUP BY ALL`,
  },

  'Cart abandonment': {
    amc: `
      WITH carts AS (
        SELECT user_id, tracked_item, MIN(event_dt_utc) AS cart_dt FROM conversions WHERE event_subtype = 'shoppingCart'
          AND user_id IS NOT NULL GROUP BY 1, 2
      ), orders AS (
        SELECT user_id, tracked_item, event_dt_utc AS order_dt FROM TABLE(EXTEND_TIME_WINDOW('conversions', 'P0D', 'P14D'))
        WHERE event_subtype = 'order' AND user_id IS NOT NULL
      ), joined AS (
        SELECT c.tracked_item, c.user_id, MIN(SECONDS_BETWEEN(cart_dt, order_dt)) / 3600 AS hours
        FROM carts c LEFT JOIN orders o ON c.user_id = o.user_id AND c.tracked_item = o.tracked_item AND o.order_dt >= c.cart_dt GROUP BY 1,
               2
      )
      SELECT tracked_item, COUNT(DISTINCT user_id) AS cart_users,
             COUNT(DISTINCT CASE WHEN hours IS NULL THEN user_id END) AS abandoned_users,
             1 - COUNT(hours) / COUNT(*) AS abandonment_rate, MEDIAN(hours) AS median_hours_to_order
      FROM joined GROUP BY tracked_item`,
    duckdb: `
      WITH carts AS (SELECT user_id, tracked_item, min(event_dt_utc) AS event_dt_utc FROM conversions WHERE event_subtype = 'shoppingCart'
        AND user_id IS NOT NULL GROUP BY ALL),
      orders AS (SELECT user_id, tracked_item, event_dt_utc FROM synthetic.conversions WHERE event_subtype = 'order'
        AND event_dt_utc BETWEEN '2026-10-01' AND '2026-11-14 23:59:59.999')
      SELECT c.tracked_item, count(*) AS cart_users, count(*) FILTER (o.event_dt_utc IS NULL) AS abandoned_users,
             avg((o.event_dt_utc IS NULL)::INT) AS abandonment_rate,
             median((epoch(o.event_dt_utc) - epoch(c.event_dt_utc)) / 3600) AS median_hours_to_order
      FROM carts c ASOF LEFT JOIN orders o ON c.user_id = o.user_id AND c.tracked_item = o.tracked_item AND c.event_dt_utc <= o.event_dt_utc
      GROUP BY 1`,
  },

  'Subscribe and Save': {
    amc: `
      WITH subscribers AS (
        SELECT DISTINCT user_id FROM conversions_all WHERE event_subtype = 'snsSubscription' AND user_id IS NOT NULL
      )
      SELECT CASE WHEN s.user_id IS NOT NULL THEN 'subscriber' ELSE 'not' END AS user_type, SUM(c.total_product_sales) AS total_sales,
             COUNT(DISTINCT c.user_id) AS users_that_purchased, SUM(c.total_product_sales) / NULLIF(COUNT(DISTINCT c.user_id),
               0) AS average_spend
      FROM conversions_all c LEFT JOIN subscribers s ON c.user_id = s.user_id
      WHERE c.event_subtype = 'order' AND c.user_id IS NOT NULL
      GROUP BY 1`,
    duckdb: `
      WITH people AS (SELECT user_id, bool_or(event_subtype = 'snsSubscription') AS sub,
        sum(total_product_sales) FILTER (event_subtype = 'order') AS v FROM conversions_all WHERE user_id IS NOT NULL GROUP BY 1)
      SELECT CASE WHEN sub THEN 'subscriber' ELSE 'not' END AS user_type, sum(v) AS total_sales, count(v) AS users_that_purchased,
             avg(v) AS average_spend
      FROM people WHERE v IS NOT NULL GROUP BY 1`,
  },
}
