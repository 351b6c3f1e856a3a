-- title: Carousel ads by broadcast
-- answers: How many people met the carousel of each broadcast, and how many clicked?
SELECT
  broadcast_name,
  SUM(impressions) AS impressions,
  SUM(views) AS in_view,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT user_id) AS people
FROM amazon_live_traffic
GROUP BY broadcast_name
