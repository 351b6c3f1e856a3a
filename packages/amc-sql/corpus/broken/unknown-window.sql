-- The window is not defined.
-- expect: invalid 4:35-35 w
WITH c AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, SUM(clicks) OVER w AS total FROM c
