-- title: Segments by branch of the taxonomy
-- answers: How many segments are there in each branch?
SELECT
  segment_marketplace_id,
  category_level_1,
  category_level_2,
  COUNT(DISTINCT segment_id) AS segments
FROM segment_metadata
GROUP BY segment_marketplace_id, category_level_1, category_level_2
