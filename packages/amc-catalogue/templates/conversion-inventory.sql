SELECT
  event_category,
  event_subtype,
  event_type_description,
  tracked_item,
  SUM(conversions) AS conversions,
  COUNT(DISTINCT user_id) AS users
FROM conversions
-- A branded search has the text that was searched as its item.
WHERE tracked_item NOT SIMILAR TO '^keyword'
GROUP BY event_category, event_subtype, event_type_description, tracked_item
