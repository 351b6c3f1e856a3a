-- NTILE is not known.
-- expect: AMC018 4:23-27 ROW_NUMBER
WITH c AS (SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id),
r AS (SELECT user_id, NTILE(4) OVER (ORDER BY clicks) AS quartile FROM c)
SELECT quartile, COUNT(DISTINCT user_id) AS users FROM r GROUP BY quartile
