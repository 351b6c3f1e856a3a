-- ROLLUP is not known.
-- expect: unsupported 3:93-121 UNION ALL
SELECT campaign, device_type, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY ROLLUP(campaign, device_type)
