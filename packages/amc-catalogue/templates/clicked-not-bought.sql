WITH clickers AS (
  SELECT user_id, SUM(clicks) AS clicks
  FROM sponsored_ads_traffic_for_audiences
  WHERE user_id IS NOT NULL
    AND ad_product_type IN ({{ad_products}})
  GROUP BY user_id
),
buyers AS (
  SELECT DISTINCT user_id
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
)
SELECT c.user_id
FROM clickers c
LEFT JOIN buyers b
  ON b.user_id = c.user_id
WHERE c.user_id IS NOT NULL
  AND b.user_id IS NULL
  AND c.clicks >= {{min_clicks}}
