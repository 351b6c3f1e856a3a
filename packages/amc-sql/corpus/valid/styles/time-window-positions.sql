-- EXTEND_TIME_WINDOW in FROM and in joins, with and without TABLE, AS and alias.
WITH a AS (SELECT user_id FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P7D', 'P0D')) WHERE user_id IS NOT NULL),
b AS (SELECT w.user_id FROM EXTEND_TIME_WINDOW('dsp_clicks', 'P14D', 'P7D') w WHERE w.user_id IS NOT NULL),
c AS (SELECT dsp_views.user_id FROM table(extend_time_window('dsp_views', 'P1M', 'P0D')) WHERE user_id IS NOT NULL GROUP BY 1),
d AS (
  SELECT x.user_id
  FROM a x
  INNER JOIN TABLE(EXTEND_TIME_WINDOW('conversions', 'P28D', 'P28D')) AS y ON x.user_id = y.user_id
  WHERE y.event_subtype = 'order'
)
SELECT 'impressions' AS source, COUNT(DISTINCT user_id) AS users FROM a
UNION ALL SELECT 'clicks', COUNT(DISTINCT user_id) FROM b
UNION ALL SELECT 'views', COUNT(DISTINCT user_id) FROM c
UNION ALL SELECT 'buyers', COUNT(DISTINCT user_id) FROM d
