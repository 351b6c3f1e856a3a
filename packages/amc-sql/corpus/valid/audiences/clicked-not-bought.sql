-- Clicked and did not buy.
-- use case: 91
-- declare: min_clicks INTEGER = 1
WITH clickers AS (
  SELECT user_id, SUM(clicks) AS clicks FROM sponsored_ads_traffic_for_audiences
  WHERE user_id IS NOT NULL GROUP BY user_id HAVING SUM(clicks) >= {{min_clicks}}
), buyers AS (
  SELECT user_id FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL GROUP BY user_id
)
SELECT clickers.user_id FROM clickers LEFT JOIN buyers ON buyers.user_id = clickers.user_id WHERE buyers.user_id IS NULL
