-- A hyphen in an alias.
-- expect: syntax 3:33-44 total_clicks
SELECT campaign, SUM(clicks) AS total-clicks FROM dsp_clicks GROUP BY campaign
