WITH products AS (
  SELECT
    tracked_asin,
    COUNT(DISTINCT user_id) AS users,
    COUNT(DISTINCT CASE WHEN new_to_brand_total_purchases > 0 THEN user_id END) AS ntb_users,
    SUM(new_to_brand_total_product_sales) AS ntb_sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE total_purchases > 0
    AND tracked_asin IN ({{asins}})
  GROUP BY tracked_asin
)
SELECT
  tracked_asin,
  ntb_users,
  -- recomamp-ignore AMC038: a share among products, in which a person counts for each of them
  ntb_users / NULLIF(SUM(ntb_users) OVER (), 0) AS share_of_ntb_users,
  ntb_sales,
  ntb_users / NULLIF(users, 0) AS ntb_share_of_product
FROM products
WHERE ntb_users >= {{min_users}}
