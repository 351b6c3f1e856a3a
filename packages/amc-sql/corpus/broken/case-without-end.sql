-- CASE without END.
-- expect: syntax 3:69-69 END
SELECT campaign, SUM(CASE WHEN device_type = 'TV' THEN clicks ELSE 0) AS tv_clicks
FROM dsp_clicks
GROUP BY campaign
