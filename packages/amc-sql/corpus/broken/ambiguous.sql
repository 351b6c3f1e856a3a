-- Both tables have the column.
-- expect: AMC009 4:8-15 i.campaign
-- expect: AMC009 6:10-17 i.campaign
SELECT campaign, COUNT(DISTINCT i.user_id) AS users
FROM dsp_impressions i INNER JOIN dsp_clicks c ON i.user_id = c.user_id AND i.user_id IS NOT NULL
GROUP BY campaign
