-- Bought in the event.
-- use case: 103
-- warns: AMC023
-- declare: event_start DATE = "2026-10-10"
-- declare: event_end DATE = "2026-10-12"
SELECT DISTINCT user_id FROM conversions_for_audiences
WHERE event_subtype = 'order' AND user_id IS NOT NULL
  AND event_date_utc >= {{event_start}} AND event_date_utc <= {{event_end}}
