-- title: Time from impression to click
-- answers: How long after an impression is it clicked?
WITH delays AS (
  SELECT
    clicks,
    user_id,
    SECONDS_BETWEEN(impression_dt_hour_utc, click_dt_hour_utc) / 3600 AS hours
  FROM dsp_clicks
)
SELECT
  CASE
    WHEN hours < 1 THEN '1 | same hour'
    WHEN hours < 24 THEN '2 | same day'
    ELSE '3 | later'
  END AS clicked,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT user_id) AS people
FROM delays
GROUP BY 1
