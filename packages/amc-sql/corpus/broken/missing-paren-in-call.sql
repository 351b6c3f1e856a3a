-- The call is not closed.
-- expect: syntax 3:29-30 Add )
SELECT campaign, SUM(clicks AS clicks
FROM dsp_clicks
GROUP BY campaign
