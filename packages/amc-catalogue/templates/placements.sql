WITH facts AS (
  SELECT
    campaign_id_string,
    campaign,
    placement_type,
    impressions,
    clicks,
    spend / 100000000 AS spend, -- microcents
    0 AS purchases,
    0 AS sales
  FROM sponsored_ads_traffic
  WHERE placement_type IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
  UNION ALL
  SELECT
    campaign_id_string,
    campaign,
    placement_type,
    0 AS impressions,
    0 AS clicks,
    0 AS spend,
    total_purchases AS purchases,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE placement_type IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
)
SELECT
  campaign,
  placement_type,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(spend) AS spend,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate,
  SUM(spend) / NULLIF(SUM(clicks), 0) AS cost_per_click,
  SUM(sales) / NULLIF(SUM(spend), 0) AS roas
FROM facts
GROUP BY campaign_id_string, campaign, placement_type
