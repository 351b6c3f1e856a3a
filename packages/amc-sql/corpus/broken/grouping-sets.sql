-- GROUPING SETS are not known.
-- expect: unsupported 3:93-105 UNION ALL
SELECT campaign, device_type, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY GROUPING SETS ((campaign), (device_type))
