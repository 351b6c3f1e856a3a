-- CAST with a comma.
-- expect: syntax 3:34-34 AS
SELECT campaign, CAST(SUM(clicks), DOUBLE) AS clicks FROM dsp_clicks GROUP BY campaign
