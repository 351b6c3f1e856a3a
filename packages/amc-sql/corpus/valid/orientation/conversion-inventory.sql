-- Conversion types and tracked items, the shortest query there is.
-- use case: 2
select event_category, event_subtype, event_type_description, tracked_item, sum(conversions) as conversions,
count(distinct user_id) as users from conversions group by event_category, event_subtype, event_type_description, tracked_item;
