-- title: Products that sell without ads
-- answers: Which products do people order who met no ad?
SELECT
  tracked_asin,
  exposure_type,
  SUM(conversions) AS orders,
  SUM(total_units_sold) AS units
FROM conversions_all
WHERE event_subtype = 'order'
GROUP BY tracked_asin, exposure_type
