-- A join that only asks.
-- expect: unsupported 3:78-91 IN
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users FROM dsp_impressions i LEFT SEMI JOIN dsp_clicks c ON c.user_id = i.user_id GROUP BY i.campaign
