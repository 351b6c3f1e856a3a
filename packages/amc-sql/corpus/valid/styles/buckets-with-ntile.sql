-- NTILE, which only people outside Amazon report to be missing.
-- warns: AMC018
WITH per_user AS (
  SELECT user_id, SUM(clicks) AS clicks
  FROM dsp_clicks
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
bucketed AS (
  SELECT user_id, clicks, NTILE(4) OVER (ORDER BY clicks) AS quartile FROM per_user
)
SELECT quartile, COUNT(DISTINCT user_id) AS users, SUM(clicks) AS clicks
FROM bucketed
GROUP BY quartile
