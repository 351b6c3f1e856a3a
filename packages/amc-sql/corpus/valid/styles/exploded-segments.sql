-- An array column of the table, exploded and joined with the names of segments.
WITH e AS (SELECT user_id, EXPLODE(user_behavior_segment_ids) AS segment_id FROM dsp_impressions WHERE user_id IS NOT NULL),
d AS (SELECT DISTINCT user_id, segment_id FROM e)
SELECT d.segment_id, COUNT(DISTINCT d.user_id) AS users
FROM d
GROUP BY d.segment_id
