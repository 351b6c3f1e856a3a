SELECT
  tracked_item,
  tracked_asin IS NOT NULL AS has_tracked_asin,
  conversion_event_subtype,
  SUM(conversions) AS conversions
FROM amazon_attributed_events_by_conversion_time
WHERE tracked_item NOT SIMILAR TO '^keyword'
  AND tracked_item IN ({{asins}})
GROUP BY tracked_item, tracked_asin IS NOT NULL, conversion_event_subtype
