-- title: Segments with a word in their name
-- answers: Which segments have to do with coffee, and what are their ids?
SELECT
  segment_marketplace_id,
  segment_id,
  segment_name,
  MAX(segment_description) AS segment_description
FROM segment_metadata
WHERE LOWER(segment_name) LIKE '%coffee%'
GROUP BY segment_marketplace_id, segment_id, segment_name
