-- A function of other dialects.
-- expect: AMC010 3:12-19 seconds_between
SELECT AVG(DATEDIFF(traffic_event_date, conversion_event_date)) AS days
FROM amazon_attributed_events_by_conversion_time
