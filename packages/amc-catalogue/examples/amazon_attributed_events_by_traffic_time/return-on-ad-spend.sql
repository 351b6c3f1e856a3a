-- title: Return on ad spend of sponsored campaigns
-- answers: How much do sponsored campaigns sell for what they spend?
WITH spent AS (
  SELECT campaign_id_string, campaign, SUM(spend) / 100000000 AS spend
  FROM sponsored_ads_traffic
  GROUP BY campaign_id_string, campaign
),
sold AS (
  SELECT campaign_id_string, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  GROUP BY campaign_id_string
)
SELECT
  spent.campaign,
  spent.spend,
  sold.sales,
  sold.sales / NULLIF(spent.spend, 0) AS return_on_ad_spend
FROM spent
LEFT JOIN sold ON sold.campaign_id_string = spent.campaign_id_string
