-- TOP as in SQL Server.
-- expect: unsupported 3:8-13 RANK
SELECT TOP 10 campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
