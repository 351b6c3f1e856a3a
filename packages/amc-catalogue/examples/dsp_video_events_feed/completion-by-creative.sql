-- title: Completion rate by creative
-- answers: Which share of the started videos plays to the end?
SELECT
  campaign,
  creative,
  SUM(video_start) AS starts,
  SUM(video_complete) AS completions,
  SUM(video_complete) / NULLIF(SUM(video_start), 0) AS completion_rate
FROM dsp_video_events_feed
WHERE creative_category = 'Video'
GROUP BY campaign, creative
