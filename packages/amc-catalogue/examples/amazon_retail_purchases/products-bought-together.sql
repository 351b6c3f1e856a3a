-- title: Products that are bought together
-- answers: Which pairs of products stand in one order?
WITH baskets AS (
  SELECT purchase_id, asin, user_id
  FROM amazon_retail_purchases
  WHERE user_id IS NOT NULL
  GROUP BY purchase_id, asin, user_id
)
SELECT
  bought.asin AS product,
  beside.asin AS bought_with,
  COUNT(DISTINCT bought.purchase_id) AS orders
FROM baskets bought
INNER JOIN baskets beside ON beside.purchase_id = bought.purchase_id AND beside.asin > bought.asin
GROUP BY bought.asin, beside.asin
