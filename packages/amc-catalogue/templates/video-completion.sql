WITH watched AS (
  SELECT
    creative,
    user_id,
    SUM(video_start) AS starts,
    SUM(video_first_quartile) AS first_quartiles,
    SUM(video_midpoint) AS midpoints,
    SUM(video_third_quartile) AS third_quartiles,
    SUM(video_complete) AS completes
  FROM dsp_video_events_feed
  WHERE user_id IS NOT NULL
    AND video_start > 0
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY creative, user_id
),
buyers AS (
  SELECT DISTINCT user_id
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
)
SELECT
  w.creative,
  SUM(w.starts) AS starts,
  SUM(w.first_quartiles) AS first_quartiles,
  SUM(w.midpoints) AS midpoints,
  SUM(w.third_quartiles) AS third_quartiles,
  SUM(w.completes) AS completes,
  SUM(w.completes) / NULLIF(SUM(w.starts), 0) AS completion_rate,
  COUNT(DISTINCT b.user_id) AS starters_that_purchased,
  COUNT(DISTINCT CASE WHEN w.completes > 0 THEN b.user_id END) AS completers_that_purchased
FROM watched w
LEFT JOIN buyers b
  ON b.user_id = w.user_id
WHERE w.user_id IS NOT NULL
GROUP BY w.creative
