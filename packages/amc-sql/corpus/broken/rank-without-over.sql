-- A rank without OVER.
-- expect: invalid 4:18-29 OVER
WITH c AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, ROW_NUMBER() AS rn FROM c
