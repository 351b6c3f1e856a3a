-- title: How far videos play, by device
-- answers: On which devices do people stop watching, and where?
SELECT
  device_type,
  SUM(video_start) AS starts,
  SUM(video_first_quartile) AS first_quarter,
  SUM(video_midpoint) AS half,
  SUM(video_third_quartile) AS third_quarter,
  SUM(video_complete) AS completions
FROM dsp_video_events_feed
WHERE creative_category = 'Video'
GROUP BY device_type
