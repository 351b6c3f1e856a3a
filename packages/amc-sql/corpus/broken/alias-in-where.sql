-- The alias does not exist yet when WHERE is read.
-- expect: AMC016 5:7-12 amount
SELECT tracked_asin, total_product_sales AS amount, SUM(conversions) AS conversions
FROM conversions
WHERE amount > 10
GROUP BY 1, 2
