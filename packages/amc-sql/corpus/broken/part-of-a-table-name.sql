-- A piece of the name of a table.
-- expect: AMC009 3:43-66 amazon_attributed_events_by_traffic_time
SELECT campaign, SUM(purchases) AS n FROM amazon_attributed_events GROUP BY campaign
