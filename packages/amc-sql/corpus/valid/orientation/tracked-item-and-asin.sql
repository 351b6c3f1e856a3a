-- Rows with an item and no ASIN are the conversions that are no purchases.
-- use case: 3
SELECT
  tracked_item, tracked_asin,
  conversion_event_subtype /* order, detailPageView, shoppingCart, ... */,
  SUM(conversions) AS conversions
FROM amazon_attributed_events_by_conversion_time
WHERE tracked_item NOT SIMILAR TO '^keyword.'
GROUP BY tracked_item, tracked_asin, conversion_event_subtype
