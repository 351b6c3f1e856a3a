-- title: Members of in-market segments
-- answers: How many people of Japan are in each in-market segment?
SELECT
  segment_id,
  segment_name,
  COUNT(DISTINCT user_id) AS people
FROM audience_segments_apac_inmarket
WHERE segment_marketplace_id = 6
GROUP BY segment_id, segment_name
