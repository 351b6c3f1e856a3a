-- A table cannot be made.
-- expect: unsupported 3:1-6 CREATE
CREATE TABLE report AS
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
