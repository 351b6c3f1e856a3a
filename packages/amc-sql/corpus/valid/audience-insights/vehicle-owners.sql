-- Which vehicles our buyers own.
-- use case: 50
WITH owners AS (
  SELECT user_id, garage_make, garage_model, vehicle_type
  FROM amazon_your_garage
  WHERE user_id IS NOT NULL AND CAST(garage_year AS INTEGER) BETWEEN 2010 AND 2026
  GROUP BY user_id, garage_make, garage_model, vehicle_type
),
orders AS (
  SELECT user_id, SUM(conversions) AS conversions, SUM(total_units_sold) AS units, SUM(total_product_sales) AS sales
  FROM conversions WHERE user_id IS NOT NULL GROUP BY user_id
)
SELECT o.garage_make, o.garage_model, o.vehicle_type, COUNT(DISTINCT o.user_id) AS users,
       SUM(c.conversions) AS conversions, SUM(c.units) AS units, SUM(c.sales) AS sales
FROM owners o LEFT JOIN orders c ON c.user_id = o.user_id
GROUP BY o.garage_make, o.garage_model, o.vehicle_type
