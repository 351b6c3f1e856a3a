-- DISTINCT ON as in PostgreSQL.
-- expect: unsupported 3:17-18 ROW_NUMBER
SELECT DISTINCT ON (campaign) campaign, device_type FROM dsp_clicks GROUP BY 1, 2
