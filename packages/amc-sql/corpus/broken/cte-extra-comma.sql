-- A comma after the last WITH part.
-- expect: syntax 3:85-85 comma
WITH a AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign),
SELECT campaign, clicks FROM a
