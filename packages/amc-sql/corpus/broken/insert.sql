-- Nothing can be inserted.
-- expect: unsupported 3:1-6 INSERT
INSERT INTO report SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
