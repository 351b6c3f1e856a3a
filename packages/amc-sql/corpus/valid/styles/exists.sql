-- EXISTS with a column of the query around, which Amazon documents nowhere.
-- warns: unsupported, invalid
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users
FROM dsp_impressions i
WHERE i.user_id IS NOT NULL AND EXISTS (SELECT 1 FROM dsp_clicks c WHERE c.user_id = i.user_id)
GROUP BY i.campaign
