-- GROUP BY with parentheses around its columns.
SELECT campaign, device_type, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY (campaign, device_type)
