-- title: People who saw a creative
-- answers: How many people had each creative on their screen?
SELECT
  campaign,
  creative,
  SUM(viewable_impressions) AS viewable_impressions,
  COUNT(DISTINCT user_id) AS people
FROM dsp_views
WHERE event_type = 'VIEW'
GROUP BY campaign, creative
