-- A join whose ON was forgotten.
-- expect: syntax 5:24-24 ON is missing
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users
FROM dsp_impressions i
LEFT JOIN dsp_clicks c i.user_id = c.user_id
GROUP BY i.campaign
