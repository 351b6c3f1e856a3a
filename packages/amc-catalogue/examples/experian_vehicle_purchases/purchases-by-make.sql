-- title: Purchases by make
-- answers: Which makes do people buy, new or used?
SELECT
  vehicle_make,
  new_or_used,
  COUNT(DISTINCT user_id) AS people
FROM experian_vehicle_purchases
GROUP BY vehicle_make, new_or_used
