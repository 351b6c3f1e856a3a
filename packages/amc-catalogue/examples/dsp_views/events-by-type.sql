-- title: Events by type
-- answers: Which kinds of viewability events are there, and how many?
SELECT
  event_type,
  SUM(events) AS events,
  COUNT(DISTINCT user_id) AS people
FROM dsp_views
GROUP BY event_type
