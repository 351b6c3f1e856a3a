-- A parenthesis too many.
-- expect: syntax 3:29-29 (
SELECT campaign, SUM(clicks)) AS clicks
FROM dsp_clicks
GROUP BY campaign
