-- Text below numbers.
-- expect: AMC014 5:1-77 Column 2
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, MAX(device_type) AS device FROM dsp_clicks GROUP BY campaign
