WITH facts AS (
  SELECT
    'amazon_dsp' AS ad_product_type,
    campaign_id_string,
    campaign,
    total_cost / 100000 AS spend, -- millicents
    0 AS purchases,
    0 AS ntb_purchases,
    0 AS sales
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    ad_product_type,
    campaign_id_string,
    campaign,
    spend / 100000000 AS spend, -- microcents
    0 AS purchases,
    0 AS ntb_purchases,
    0 AS sales
  FROM sponsored_ads_traffic
  WHERE campaign_id_string IN ({{campaign_ids}})
  UNION ALL
  SELECT
    COALESCE(ad_product_type, 'amazon_dsp') AS ad_product_type,
    campaign_id_string,
    campaign,
    0 AS spend,
    total_purchases AS purchases,
    new_to_brand_total_purchases AS ntb_purchases,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE campaign_id_string IN ({{campaign_ids}})
),
campaigns AS (
  SELECT
    ad_product_type,
    campaign,
    SUM(spend) AS spend,
    SUM(purchases) AS purchases,
    SUM(ntb_purchases) AS ntb_purchases,
    SUM(sales) AS sales
  FROM facts
  GROUP BY ad_product_type, campaign_id_string, campaign
)
SELECT
  ad_product_type,
  campaign,
  CASE
    WHEN spend < {{min_spend}} THEN 'watch'
    WHEN sales >= {{target_roas}} * spend THEN 'feed'
    WHEN sales < 0.5 * {{target_roas}} * spend THEN 'cut'
    ELSE 'hold'
  END AS advice,
  spend,
  sales,
  sales / NULLIF(spend, 0) AS roas,
  ntb_purchases / NULLIF(purchases, 0) AS ntb_share
FROM campaigns
