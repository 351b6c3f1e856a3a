-- A sum over text.
-- expect: invalid 3:22-32 SUM
SELECT campaign, SUM(device_type) AS devices FROM dsp_clicks GROUP BY campaign
