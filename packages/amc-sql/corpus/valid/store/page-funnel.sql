-- Which pages and widgets lead to a click.
-- use case: 67
SELECT page_title, widget_type, widget_sub_type,
       SUM(IF(event_type = 'IMPRESSION', 1, 0)) AS widget_views,
       SUM(IF(event_type = 'CLICK', 1, 0)) AS clicks,
       SUM(IF(event_type = 'CLICK' AND asin IS NOT NULL, 1, 0)) AS asin_clicks
FROM amazon_brand_store_engagement_events
WHERE store_name LIKE '%' AND page_title IS NOT NULL
GROUP BY page_title, widget_type, widget_sub_type
