-- title: Owners by region and drive
-- answers: Where are the owners, and how are their vehicles driven?
SELECT
  region,
  marketplace_name,
  garage_drivetype,
  COUNT(DISTINCT user_id) AS people
FROM amazon_your_garage_all
GROUP BY region, marketplace_name, garage_drivetype
