-- ELSE before a further WHEN.
-- expect: syntax 3:47-50 Remove ELSE
SELECT CASE WHEN device_type = 'TV' THEN 'tv' ELSE WHEN device_type = 'PC' THEN 'pc' END AS device, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1
