-- title: Members of lifestyle segments
-- answers: How many people of Japan are in each lifestyle segment?
SELECT
  segment_id,
  segment_name,
  COUNT(DISTINCT user_id) AS people
FROM audience_segments_apac_lifestyle
WHERE segment_marketplace_id = 6
GROUP BY segment_id, segment_name
