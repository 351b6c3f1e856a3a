-- A rank of sums and nothing else beside the key.
SELECT campaign, RANK() OVER (ORDER BY SUM(impressions) DESC, campaign ASC) AS rk FROM dsp_impressions GROUP BY 1
