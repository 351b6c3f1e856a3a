WITH spending AS (
  SELECT
    'amazon_dsp' AS ad_product_type,
    campaign_id_string,
    campaign,
    SUM(total_cost) / 100000 AS spend -- millicents
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{campaign_ids}})
  GROUP BY campaign_id_string, campaign
  UNION ALL
  SELECT
    ad_product_type,
    campaign_id_string,
    campaign,
    SUM(spend) / 100000000 AS spend -- microcents
  FROM sponsored_ads_traffic
  WHERE campaign_id_string IN ({{campaign_ids}})
  GROUP BY ad_product_type, campaign_id_string, campaign
),
customers AS (
  SELECT
    campaign_id_string,
    COUNT(DISTINCT user_id) AS ntb_users,
    SUM(new_to_brand_total_product_sales) AS ntb_sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE new_to_brand_total_purchases > 0
    AND campaign_id_string IN ({{campaign_ids}})
  GROUP BY campaign_id_string
)
SELECT
  s.ad_product_type,
  s.campaign_id_string,
  s.campaign,
  s.spend,
  COALESCE(c.ntb_users, 0) AS ntb_users,
  COALESCE(c.ntb_sales, 0) AS ntb_sales,
  s.spend / NULLIF(c.ntb_users, 0) AS cost_per_ntb_user,
  c.ntb_sales / NULLIF(s.spend, 0) AS ntb_roas
FROM spending s
LEFT JOIN customers c
  ON c.campaign_id_string = s.campaign_id_string
