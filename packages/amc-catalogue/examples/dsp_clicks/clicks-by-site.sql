-- title: Clicks by site and device
-- answers: Where do people click, and on which kind of device?
SELECT
  site,
  device_type,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT user_id) AS people
FROM dsp_clicks
GROUP BY site, device_type
