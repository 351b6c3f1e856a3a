-- The second dimension is missing in GROUP BY.
-- expect: AMC008 3:18-26 line_item
SELECT campaign, line_item, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
