-- title: Segments of the people of a campaign
-- answers: To which segments do the people whom a campaign reached belong?
SELECT
  campaign,
  behavior_segment_name,
  behavior_segment_matched,
  COUNT(DISTINCT user_id) AS people
FROM dsp_impressions_by_user_segments
GROUP BY campaign, behavior_segment_name, behavior_segment_matched
