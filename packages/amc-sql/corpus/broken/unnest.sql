-- UNNEST in FROM.
-- expect: unsupported 3:66-71 EXPLODE
SELECT s, COUNT(DISTINCT user_id) AS users FROM dsp_impressions, UNNEST(user_behavior_segment_ids) AS t (s) GROUP BY s
