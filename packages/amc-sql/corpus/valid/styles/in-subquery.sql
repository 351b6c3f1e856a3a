-- IN and NOT IN with queries.
SELECT campaign, COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE user_id IN (SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL)
  AND user_id NOT IN (SELECT user_id FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order')
GROUP BY campaign
