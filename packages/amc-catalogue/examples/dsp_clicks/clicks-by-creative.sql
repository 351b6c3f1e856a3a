-- title: Clicks by creative
-- answers: Which creatives draw the most clicks, and from how many people?
SELECT
  campaign,
  creative,
  SUM(clicks) AS clicks,
  COUNT(DISTINCT user_id) AS people
FROM dsp_clicks
GROUP BY campaign, creative
