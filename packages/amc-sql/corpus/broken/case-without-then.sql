-- CASE without THEN.
-- expect: syntax 3:43-43 THEN
SELECT campaign, SUM(CASE WHEN clicks > 0 1 ELSE 0 END) AS clickers
FROM dsp_clicks
GROUP BY campaign
