-- title: Events by widget of advertisers that sell elsewhere
-- answers: Which widgets of a Brand Store are rendered, clicked and played?
SELECT
  store_name,
  widget_type,
  event_type,
  COUNT(DISTINCT session_id) AS sessions,
  COUNT(DISTINCT user_id) AS people
FROM amazon_brand_store_engagement_events_non_endemic
GROUP BY store_name, widget_type, event_type
