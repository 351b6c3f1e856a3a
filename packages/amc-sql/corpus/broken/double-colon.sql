-- A cast as in PostgreSQL.
-- expect: unsupported 3:29-30 CAST
SELECT campaign, SUM(clicks)::DOUBLE AS clicks FROM dsp_clicks GROUP BY campaign
