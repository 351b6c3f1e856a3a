-- A semicolon between the WITH part and the query.
-- expect: syntax 3:85-85 inside
WITH a AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign);
SELECT campaign, clicks FROM a
