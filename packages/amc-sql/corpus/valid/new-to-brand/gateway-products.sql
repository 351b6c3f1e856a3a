-- What new customers buy first; the share comes from a window over an aggregate.
-- use case: 36
select tracked_asin,
       count(distinct user_id) as ntb_users,
       100.0 * count(distinct user_id) / nullif(sum(count(distinct user_id)) over (), 0) as share_of_ntb_users,
       sum(total_product_sales) as ntb_sales
from amazon_attributed_events_by_conversion_time
where new_to_brand = true and tracked_asin is not null
group by tracked_asin
having count(distinct user_id) >= 2
