WITH customers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM conversions_all_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
  GROUP BY user_id
),
ranked AS (
  SELECT
    user_id,
    ROW_NUMBER() OVER (ORDER BY sales DESC, user_id) AS place,
    SUM(1) OVER () AS customers
  FROM customers
)
SELECT user_id
FROM ranked
WHERE place <= {{best_share}} * customers
