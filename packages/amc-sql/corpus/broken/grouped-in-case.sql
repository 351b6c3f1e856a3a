-- One column inside a CASE is not grouped.
-- expect: AMC008 3:28-36 line_item
SELECT campaign, CASE WHEN line_item = 'a' THEN 1 ELSE 0 END AS is_a, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
