-- END CASE, which procedures of other databases have.
-- expect: syntax 3:87-90 END
SELECT campaign, SUM(CASE WHEN device_type = 'TV' THEN clicks ELSE 0 END              CASE) AS clicks FROM dsp_clicks GROUP BY campaign
