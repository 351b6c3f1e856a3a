SELECT
  store_name,
  page_title,
  widget_type,
  SUM(CASE WHEN event_type = 'IMPRESSION' THEN 1 ELSE 0 END) AS renders,
  SUM(CASE WHEN event_type = 'CLICK' THEN 1 ELSE 0 END) AS clicks,
  COUNT(DISTINCT CASE WHEN event_type = 'CLICK' THEN user_id END) AS people_who_clicked,
  SUM(CASE WHEN event_type = 'CLICK' THEN 1 ELSE 0 END)
    / NULLIF(SUM(CASE WHEN event_type = 'IMPRESSION' THEN 1 ELSE 0 END), 0) AS click_rate
FROM amazon_brand_store_engagement_events
WHERE widget_type IS NOT NULL
  AND ({{store_name}} = '' OR store_name = {{store_name}})
GROUP BY store_name, page_title, widget_type
