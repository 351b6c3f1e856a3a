WITH people AS (
  SELECT
    campaign_id_string,
    campaign,
    user_id,
    MAX(CASE WHEN matched_behavior_segment_ids IS NULL THEN 0 ELSE 1 END) AS was_boosted,
    SUM(clicks) AS clicks,
    SUM(spend) / 100000000 AS spend -- microcents
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY campaign_id_string, campaign, user_id
),
results AS (
  SELECT
    campaign_id_string,
    user_id,
    SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{sa_campaign_ids}})
  GROUP BY campaign_id_string, user_id
)
SELECT
  p.campaign,
  CASE WHEN p.was_boosted = 1 THEN 'Boosted audience' ELSE 'Everybody else' END AS audience,
  COUNT(DISTINCT p.user_id) AS reach,
  SUM(p.clicks) AS clicks,
  SUM(p.spend) AS spend,
  SUM(COALESCE(r.purchases, 0)) AS purchases,
  SUM(COALESCE(r.sales, 0)) AS sales,
  COUNT(DISTINCT r.user_id) / NULLIF(COUNT(DISTINCT p.user_id), 0) AS purchase_rate,
  SUM(COALESCE(r.sales, 0)) / NULLIF(SUM(p.spend), 0) AS roas
FROM people p
LEFT JOIN results r
  ON r.user_id = p.user_id
  AND r.campaign_id_string = p.campaign_id_string
WHERE p.user_id IS NOT NULL
GROUP BY p.campaign, CASE WHEN p.was_boosted = 1 THEN 'Boosted audience' ELSE 'Everybody else' END
