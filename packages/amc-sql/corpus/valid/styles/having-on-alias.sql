-- HAVING by alias and by aggregate, joined.
SELECT campaign, SUM(impressions) AS imps, COUNT(DISTINCT user_id) AS reach
FROM dsp_impressions
GROUP BY campaign
HAVING imps > 100 AND COUNT(DISTINCT user_id) >= 2 AND NOT (campaign = '' OR campaign IS NULL)
