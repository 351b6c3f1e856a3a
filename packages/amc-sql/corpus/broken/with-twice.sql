-- WITH before every part.
-- expect: syntax 4:1-4 Remove
WITH a AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign),
WITH b AS (SELECT campaign, clicks FROM a)
SELECT campaign, clicks FROM b
