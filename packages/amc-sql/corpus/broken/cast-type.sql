-- A type that AMC does not have.
-- expect: invalid 3:38-41 TEXT
SELECT campaign, CAST(SUM(clicks) AS TEXT) AS clicks FROM dsp_clicks GROUP BY campaign
