-- ARRAY_AGG with an order inside.
-- expect: AMC010 4:18-26 COLLECT
-- expect: unsupported 4:40-44 ARRAY_SORT
SELECT campaign, ARRAY_AGG(device_type ORDER BY device_type) AS devices FROM dsp_clicks GROUP BY campaign
