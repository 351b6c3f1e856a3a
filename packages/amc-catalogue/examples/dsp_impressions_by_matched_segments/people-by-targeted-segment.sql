-- title: People by targeted segment
-- answers: How many people of each targeted segment did a campaign reach?
SELECT
  campaign,
  behavior_segment_name,
  COUNT(DISTINCT user_id) AS people
FROM dsp_impressions_by_matched_segments
GROUP BY campaign, behavior_segment_name
