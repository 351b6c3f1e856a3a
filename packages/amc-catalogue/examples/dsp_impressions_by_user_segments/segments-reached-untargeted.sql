-- title: Segments that were reached without being targeted
-- answers: Which segments do the ads reach although no line item targets them?
SELECT
  behavior_segment_name,
  COUNT(DISTINCT user_id) AS people
FROM dsp_impressions_by_user_segments
WHERE behavior_segment_matched = 0
GROUP BY behavior_segment_name
