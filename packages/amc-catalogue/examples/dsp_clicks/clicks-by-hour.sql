-- title: Clicks by hour of the day
-- answers: At which hours do people click, in the time of the advertiser?
SELECT
  click_hour,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT user_id) AS people
FROM dsp_clicks
GROUP BY click_hour
