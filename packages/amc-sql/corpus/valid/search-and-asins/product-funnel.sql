-- Where shoppers drop between view, cart and order, per ASIN.
-- use case: 62
-- declare: asins STRING[] = []
WITH f AS (
  SELECT COALESCE(tracked_asin, tracked_item) AS asin, detail_page_view, add_to_cart, purchases, impressions, clicks
  FROM amazon_attributed_events_by_conversion_time
  WHERE tracked_item NOT SIMILAR TO '^keyword' AND COALESCE(tracked_asin, tracked_item) IN ({{asins}})
)
SELECT asin, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(detail_page_view) AS detail_page_views,
       SUM(add_to_cart) AS add_to_carts, SUM(purchases) AS purchases,
       SUM(add_to_cart) / NULLIF(SUM(detail_page_view), 0) AS cart_rate,
       SUM(purchases) / NULLIF(SUM(add_to_cart), 0) AS purchase_rate
FROM f
GROUP BY asin
