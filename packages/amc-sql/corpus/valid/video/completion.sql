-- How far people watch.
-- use case: 81
SELECT creative, SUM(video_start) AS video_start, SUM(video_first_quartile) AS video_first_quartile, SUM(video_midpoint) AS video_midpoint,
  SUM(video_third_quartile) AS video_third_quartile, SUM(video_complete) AS video_complete,
  SUM(video_complete) / NULLIF(SUM(video_start), 0) AS completion_rate
FROM dsp_video_events_feed
WHERE creative_category = 'Video' AND video_impression > 0
GROUP BY creative
