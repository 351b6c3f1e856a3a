-- The composite key of segments, and a snapshot table.
-- use case: 44
SELECT m.category_level_1, m.category_level_2, s.snapshot_datetime, COUNT(DISTINCT s.user_id) AS users
FROM audience_segments_eu_lifestyle_snapshot AS s
JOIN segment_metadata AS m
  ON m.segment_id = s.segment_id AND m.segment_marketplace_id = s.segment_marketplace_id
GROUP BY m.category_level_1, m.category_level_2, s.snapshot_datetime
