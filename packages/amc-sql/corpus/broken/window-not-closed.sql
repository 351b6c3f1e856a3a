-- The ) of a window is missing before the alias.
-- expect: syntax 3:79-79 )
SELECT campaign, RANK() OVER (PARTITION BY campaign ORDER BY SUM(impressions) r FROM dsp_impressions GROUP BY campaign
