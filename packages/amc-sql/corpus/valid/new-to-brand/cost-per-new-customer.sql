-- Cost and new customers per channel, joined after both are aggregated.
-- use case: 35
WITH cost AS (
  SELECT 'amazon_dsp' AS ad_product_type, campaign_id_string, campaign, SUM(total_cost) / 100000 AS spend
  FROM dsp_impressions GROUP BY 2, 3
  UNION ALL
  SELECT ad_product_type, campaign_id_string, campaign, SUM(spend) / 100000000 AS spend
  FROM sponsored_ads_traffic GROUP BY 1, 2, 3
), ntb AS (
  SELECT campaign_id_string, COUNT(DISTINCT user_id) AS ntb_users, SUM(new_to_brand_total_product_sales) AS ntb_sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE new_to_brand AND user_id IS NOT NULL
  GROUP BY campaign_id_string
)
SELECT c.ad_product_type, c.campaign, c.spend, n.ntb_users, n.ntb_sales,
       c.spend / NULLIF(n.ntb_users, 0) AS cost_per_ntb_user,
       n.ntb_sales / NULLIF(c.spend, 0) AS ntb_roas
FROM cost c LEFT JOIN ntb n ON n.campaign_id_string = c.campaign_id_string
