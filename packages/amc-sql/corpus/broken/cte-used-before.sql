-- A WITH part reads one that comes later.
-- expect: AMC009 3:41-41 before
WITH a AS (SELECT campaign, clicks FROM b), b AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, clicks FROM a
