-- Text after the end.
-- expect: syntax 3:73-73 one statement
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign; thanks
