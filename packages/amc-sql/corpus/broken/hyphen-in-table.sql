-- A hyphen where an underscore belongs.
-- expect: syntax 3:45-54 dsp_clicks
SELECT campaign, SUM(clicks) AS clicks FROM dsp-clicks GROUP BY campaign
