-- Did the campaign sell cars; the impressions reach back 60 days.
-- use case: 51
WITH reached AS (
  SELECT user_id, campaign, MAX(impression_dt_utc) AS last_seen
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P60D', 'P0D')) i
  WHERE user_id IS NOT NULL
  GROUP BY user_id, campaign
),
cars AS (
  SELECT user_id, vehicle_make, vehicle_type, new_or_used, MIN(purchase_date) AS bought
  FROM experian_vehicle_purchases
  WHERE user_id IS NOT NULL
  GROUP BY user_id, vehicle_make, vehicle_type, new_or_used
)
SELECT r.campaign, c.vehicle_make, c.vehicle_type, CASE c.new_or_used WHEN 'N' THEN 'new' WHEN 'U' THEN 'used' END AS condition_sold,
       COUNT(DISTINCT c.user_id) AS users
FROM reached r
INNER JOIN cars c ON c.user_id = r.user_id AND c.bought >= CAST(r.last_seen AS DATE)
GROUP BY 1, 2, 3, 4
