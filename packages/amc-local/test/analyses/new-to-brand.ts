import type { Analyses } from './analysis.ts'

export const newToBrand: Analyses = {
  'New-to-brand customers by campaign': {
    amc: `
      WITH buyers AS (
        SELECT advertiser, COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type, campaign, user_id,
               MAX(CASE WHEN new_to_brand = TRUE THEN 1 ELSE 0 END) AS ntb
        FROM amazon_attributed_events_by_conversion_time
        WHERE total_purchases > 0 AND user_id IS NOT NULL GROUP BY 1, 2, 3, 4
      )
      SELECT advertiser, ad_product_type, campaign, COUNT(DISTINCT user_id) AS all_users_with_purchase, SUM(ntb) AS ntb_users,
             SUM(ntb) / COUNT(DISTINCT user_id) AS ntb_percentage
      FROM buyers GROUP BY advertiser, ad_product_type, campaign`,
    duckdb: `
      SELECT advertiser, coalesce(ad_product_type, 'amazon_dsp') AS ad_product_type, campaign,
             count(DISTINCT user_id) AS all_users_with_purchase,
             count(DISTINCT user_id) FILTER (new_to_brand) AS ntb_users, ntb_users / all_users_with_purchase AS ntb_percentage
      FROM amazon_attributed_events_by_conversion_time WHERE conversion_event_subtype = 'order' GROUP BY 1, 2, 3
      HAVING all_users_with_purchase > 0`,
  },

  'New-to-brand purchases and sales': {
    amc: `
      SELECT advertiser, campaign_id_string, campaign,
             SUM(new_to_brand_total_purchases) AS new_to_brand_purchases,
             SUM(total_purchases - new_to_brand_total_purchases) AS non_new_to_brand_purchases,
             100.0 * SUM(new_to_brand_total_purchases) / NULLIF(SUM(total_purchases), 0) AS new_to_brand_purchases_percentage,
             SUM(new_to_brand_total_product_sales) AS new_to_brand_product_sales,
             SUM(new_to_brand_total_product_sales) / NULLIF(SUM(total_product_sales), 0) AS new_to_brand_product_sales_share
      FROM amazon_attributed_events_by_traffic_time
      GROUP BY 1, 2, 3
      HAVING SUM(total_purchases) > 0`,
    duckdb: `
      WITH orders AS (SELECT advertiser, campaign_id_string, campaign, ifnull(new_to_brand, false) AS fresh,
        total_units_sold * purchase_unit_price AS s
        FROM amazon_attributed_events_by_traffic_time WHERE conversion_event_subtype = 'order')
      SELECT advertiser, campaign_id_string, campaign, sum(fresh::INT) AS new_to_brand_purchases,
             sum((NOT fresh)::INT) AS non_new_to_brand_purchases,
             100 * avg(fresh::INT) AS new_to_brand_purchases_percentage,
               sum(CASE WHEN fresh THEN s ELSE 0 END) AS new_to_brand_product_sales,
             sum(CASE WHEN fresh THEN s ELSE 0 END) / sum(s) AS new_to_brand_product_sales_share
      FROM orders GROUP BY 1, 2, 3`,
  },

  'Cost per new customer': {
    amc: `
      WITH spend AS (
        SELECT campaign_id_string, MAX(campaign) AS campaign, SUM(total_cost) / 100000 AS spend FROM dsp_impressions GROUP BY 1
        UNION ALL
        SELECT campaign_id_string, MAX(campaign), SUM(spend) / 100000000 FROM sponsored_ads_traffic GROUP BY 1
      ), customers AS (
        SELECT campaign_id_string, COUNT(DISTINCT user_id) AS ntb_users, SUM(new_to_brand_total_product_sales) AS ntb_sales
        FROM amazon_attributed_events_by_conversion_time WHERE new_to_brand_total_purchases > 0 GROUP BY 1
      )
      SELECT s.campaign, spend, ntb_users, ntb_sales, spend / NULLIF(ntb_users, 0) AS cost_per_ntb_user,
             ntb_sales / NULLIF(spend, 0) AS ntb_roas
      FROM spend s LEFT JOIN customers c ON s.campaign_id_string = c.campaign_id_string`,
    duckdb: `
      WITH paid AS (
        SELECT campaign_id_string AS id, campaign, total_cost * 1000 AS microcents FROM dsp_impressions
        UNION ALL SELECT campaign_id_string, campaign, spend FROM sponsored_ads_traffic),
      fresh AS (SELECT campaign_id_string AS id, count(DISTINCT user_id) AS u, sum(total_product_sales) AS s
        FROM amazon_attributed_events_by_conversion_time WHERE new_to_brand AND conversion_event_subtype = 'order' GROUP BY 1)
      SELECT campaign, sum(microcents) / 1e8 AS spend, any_value(u) AS ntb_users, any_value(s) AS ntb_sales,
             sum(microcents) / 1e8 / nullif(any_value(u), 0) AS cost_per_ntb_user,
             any_value(s) / (sum(microcents) / 1e8) AS ntb_roas
      FROM paid LEFT JOIN fresh USING (id) GROUP BY id, campaign`,
  },

  'Gateway products': {
    amc: `
      SELECT tracked_asin, COUNT(DISTINCT user_id) AS ntb_users,
             COUNT(DISTINCT user_id) / SUM(COUNT(DISTINCT user_id)) OVER () AS share_of_ntb_users,
             SUM(new_to_brand_total_product_sales) AS ntb_sales,
             RANK() OVER (ORDER BY COUNT(DISTINCT user_id) DESC) AS gateway_rank
      FROM amazon_attributed_events_by_conversion_time
      WHERE new_to_brand_total_purchases = 1
      GROUP BY tracked_asin`,
    duckdb: `
      WITH firsts AS (SELECT tracked_item AS a, count(DISTINCT user_id) AS u, sum(total_product_sales) AS s
        FROM amazon_attributed_events_by_conversion_time
        WHERE conversion_event_subtype = 'order' AND new_to_brand GROUP BY 1)
      SELECT a AS tracked_asin, u AS ntb_users, u / (SELECT sum(u) FROM firsts) AS share_of_ntb_users, s AS ntb_sales,
             1 + (SELECT count(*) FROM firsts o WHERE o.u > f.u) AS gateway_rank
      FROM firsts f`,
  },

  'Value after acquisition': {
    amc: `
      WITH exposed AS (
        SELECT user_id FROM dsp_impressions WHERE user_id IS NOT NULL
        UNION
        SELECT user_id FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
      ), bought AS (
        SELECT user_id, MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new, SUM(total_product_sales) AS sales,
               SUM(total_units_sold) AS units
        FROM conversions_all WHERE event_subtype = 'order' AND user_id IS NOT NULL GROUP BY user_id
      )
      SELECT CONCAT(IF(e.user_id IS NULL, 'not exposed', 'exposed'), ', ', IF(is_new = 1, 'new', 'existing')) AS user_group,
             COUNT(DISTINCT b.user_id) AS total_users, SUM(sales) AS total_product_sales, SUM(units) AS total_units_sold,
             SUM(sales) / COUNT(DISTINCT b.user_id) AS sales_per_user, PERCENTILE(sales, 0.9) AS best_tenth_from
      FROM bought b LEFT JOIN exposed e ON b.user_id = e.user_id
      GROUP BY 1`,
    duckdb: `
      WITH bought AS (
        SELECT user_id, bool_or(new_to_brand) AS fresh, sum(total_product_sales) AS s, sum(total_units_sold) AS n,
               user_id IN (SELECT user_id FROM dsp_impressions WHERE user_id IS NOT NULL) OR user_id IN (SELECT user_id
                 FROM sponsored_ads_traffic WHERE user_id IS NOT NULL) AS seen
        FROM conversions_all WHERE event_category = 'purchase' AND user_id IS NOT NULL GROUP BY 1)
      SELECT CASE WHEN seen THEN '' ELSE 'not ' END || 'exposed, ' || CASE WHEN fresh THEN 'new' ELSE 'existing' END AS user_group,
             count(*) AS total_users,
             sum(s) AS total_product_sales, sum(n) AS total_units_sold, avg(s) AS sales_per_user,
               quantile_cont(s::DOUBLE, 0.9) AS best_tenth_from
      FROM bought GROUP BY 1`,
  },
}
