-- title: Completion by length of the video
-- answers: Are short videos watched to the end more often?
SELECT
  creative_duration,
  SUM(video_start) AS starts,
  SUM(video_complete) / NULLIF(SUM(video_start), 0) AS completion_rate,
  COUNT(DISTINCT user_id) AS people
FROM dsp_video_events_feed
WHERE creative_category = 'Video'
GROUP BY creative_duration
