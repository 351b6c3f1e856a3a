-- title: Frequency by targeted segment
-- answers: How often did the people of each targeted segment see ads?
SELECT
  behavior_segment_name,
  SUM(impressions) / NULLIF(COUNT(DISTINCT user_id), 0) AS impressions_per_person,
  COUNT(DISTINCT user_id) AS people
FROM dsp_impressions_by_matched_segments
WHERE user_id IS NOT NULL
GROUP BY behavior_segment_name
