-- A slip that instructional queries have.
-- expect: AMC009 3:57-104 amazon_attributed_events_by_conversion_time
SELECT campaign, SUM(total_purchases) AS purchases FROM amazon_attributed_conversions_by_conversion_time GROUP BY campaign
