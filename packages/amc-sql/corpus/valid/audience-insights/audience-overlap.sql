-- Which other segments the members of one segment belong to.
-- use case: 43
-- declare: targeted_segment_id INTEGER = 1
-- rows: none
WITH members AS (
  SELECT DISTINCT user_id
  FROM dsp_impressions_by_user_segments
  WHERE behavior_segment_id = {{targeted_segment_id}} AND user_id IS NOT NULL
),
size AS (SELECT COUNT(user_id) AS target_segment_size FROM members),
others AS (
  SELECT s.behavior_segment_name, s.behavior_segment_id, COUNT(DISTINCT s.user_id) AS overlap_users
  FROM dsp_impressions_by_user_segments AS s
  INNER JOIN members AS m ON m.user_id = s.user_id
  WHERE s.behavior_segment_id <> {{targeted_segment_id}} AND s.user_id IS NOT NULL
  GROUP BY s.behavior_segment_name, s.behavior_segment_id
)
SELECT o.behavior_segment_name, o.overlap_users, z.target_segment_size,
       100.0 * o.overlap_users / NULLIF(z.target_segment_size, 0) AS overlap_percentage
FROM others o, size z
