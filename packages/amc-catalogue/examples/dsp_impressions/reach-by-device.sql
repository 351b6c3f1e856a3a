-- title: Reach by kind of device
-- answers: On which kinds of device did people see the ads?
SELECT
  device_type,
  environment_type,
  SUM(impressions) AS impressions,
  COUNT(DISTINCT user_id) AS people
FROM dsp_impressions
GROUP BY device_type, environment_type
