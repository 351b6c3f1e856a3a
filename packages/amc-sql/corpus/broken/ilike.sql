-- ILIKE as in PostgreSQL.
-- expect: unsupported 3:71-75 LOWER
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign ILIKE '%brand%' GROUP BY campaign
