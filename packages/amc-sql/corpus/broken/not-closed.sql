-- The WITH part is never closed.
-- expect: syntax 7:1-6
WITH c AS (
  SELECT campaign, SUM(clicks) AS clicks
  FROM dsp_clicks
  GROUP BY campaign
SELECT campaign, clicks FROM c
