-- The star over WITH parts, which third parties use.
-- warns: AMC001
WITH a AS (SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign),
b AS (SELECT a.*, RANK() OVER (ORDER BY impressions DESC) AS rk FROM a)
SELECT * FROM b WHERE rk < 5
