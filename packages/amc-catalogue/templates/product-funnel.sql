SELECT
  tracked_item,
  SUM(total_detail_page_view) AS detail_page_views,
  SUM(total_add_to_cart) AS add_to_carts,
  SUM(total_purchases) AS purchases,
  SUM(total_add_to_cart) / NULLIF(SUM(total_detail_page_view), 0) AS cart_rate,
  SUM(total_purchases) / NULLIF(SUM(total_add_to_cart), 0) AS purchase_rate
FROM amazon_attributed_events_by_conversion_time
WHERE tracked_item NOT SIMILAR TO '^keyword'
  AND conversion_event_subtype IN ('detailPageView', 'shoppingCart', 'order')
  AND campaign_id_string IN ({{campaign_ids}})
  AND tracked_item IN ({{asins}})
GROUP BY tracked_item
