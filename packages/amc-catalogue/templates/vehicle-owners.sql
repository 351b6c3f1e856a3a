WITH owners AS (
  SELECT DISTINCT user_id, garage_make, garage_model, vehicle_type
  FROM amazon_your_garage
  WHERE user_id IS NOT NULL
),
buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
)
SELECT
  o.garage_make,
  o.garage_model,
  o.vehicle_type,
  COUNT(DISTINCT o.user_id) AS owners,
  COUNT(DISTINCT b.user_id) AS users_that_purchased,
  SUM(COALESCE(b.sales, 0)) AS sales,
  COUNT(DISTINCT b.user_id) / NULLIF(COUNT(DISTINCT o.user_id), 0) AS share_of_owners
FROM owners o
LEFT JOIN buyers b
  ON b.user_id = o.user_id
WHERE o.user_id IS NOT NULL
GROUP BY o.garage_make, o.garage_model, o.vehicle_type
HAVING COUNT(DISTINCT o.user_id) >= {{min_owners}}
