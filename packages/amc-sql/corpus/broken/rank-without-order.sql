-- A rank without an order.
-- expect: invalid 4:18-52 ORDER BY
WITH c AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, RANK() OVER (PARTITION BY campaign) AS rk FROM c
