-- title: Fuel by class of vehicle
-- answers: Which kinds of fuel do the vehicles need that people buy?
SELECT
  vehicle_class,
  vehicle_fuel_type,
  COUNT(DISTINCT user_id) AS people
FROM experian_vehicle_purchases
GROUP BY vehicle_class, vehicle_fuel_type
