-- The same question inside sponsored ads, with flags by MAX(IF(..)) in place of a join.
-- use case: 8
with flags as (
    select user_id,
           max(if(ad_product_type = 'sponsored_products', 1, 0)) as saw_sp,
           max(if(ad_product_type = 'sponsored_display', 1, 0)) as saw_sd
    from sponsored_ads_traffic
    where user_id is not null and ad_product_type in ('sponsored_products', 'sponsored_display')
    group by user_id
),
purchases as (
    select user_id, sum(purchases) as purchases
    from amazon_attributed_events_by_traffic_time
    where user_id is not null
      and purchases > 0
    group by user_id
)
select if(f.saw_sp = 1 and f.saw_sd = 1, 'both', if(f.saw_sp = 1, 'SP', 'SD')) as exposure_group,
       count(distinct f.user_id) as unique_reach,
       count(distinct p.user_id) as users_that_purchased,
       sum(coalesce(p.purchases, 0)) as purchases,
       count(distinct p.user_id) * 1.0 / nullif(count(distinct f.user_id), 0) as purchase_rate
from flags f
left join purchases p on p.user_id = f.user_id
group by if(f.saw_sp = 1 and f.saw_sd = 1, 'both', if(f.saw_sp = 1, 'SP', 'SD'))
