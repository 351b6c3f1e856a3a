-- title: Owners by make
-- answers: How many people saved a vehicle of each make and type?
SELECT
  garage_make,
  vehicle_type,
  COUNT(DISTINCT user_id) AS people
FROM amazon_your_garage_all
GROUP BY garage_make, vehicle_type
