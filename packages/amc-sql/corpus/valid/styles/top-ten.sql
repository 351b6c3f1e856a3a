-- The ten largest by rank, since there is no LIMIT.
WITH sums AS (SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign),
ranked AS (SELECT campaign, impressions, DENSE_RANK() OVER (ORDER BY impressions DESC) AS rk FROM sums)
SELECT campaign, impressions FROM ranked WHERE rk <= 10
