-- title: Members of in-market segments
-- answers: How many people of the United States are in each in-market segment?
SELECT
  segment_id,
  segment_name,
  COUNT(DISTINCT user_id) AS people
FROM audience_segments_amer_inmarket
WHERE segment_marketplace_id = 1
GROUP BY segment_id, segment_name
