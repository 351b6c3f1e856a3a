-- Two tables under one alias.
-- expect: invalid 4:29-40
SELECT a.campaign, COUNT(*) AS n
FROM dsp_impressions a JOIN dsp_clicks a ON a.user_id = a.user_id
GROUP BY a.campaign
