-- Do shoppers start on TV or phone and finish on the desktop: the path as text.
-- use case: 19
with device_touches as (
  select user_id, coalesce(device_type, 'Unknown') as device, min(impression_dt_utc) as first_dt,
         sum(impressions) as impressions, sum(total_cost) / 100000.0 as cost
  from dsp_impressions
  where user_id is not null
  group by user_id, coalesce(device_type, 'Unknown')
),
numbered as (
  select user_id, device, impressions, cost,
         row_number() over (partition by user_id order by first_dt asc, device asc) as step
  from device_touches
),
paths as (
  select user_id,
         max(case step when 1 then device end) as step_1,
         max(case step when 2 then device end) as step_2,
         max(case step when 3 then device end) as step_3,
         max(case step when 4 then device end) as step_4,
         sum(impressions) as impressions, sum(cost) as cost
  from numbered
  where step between 1 and 4
  group by user_id
)
select
  concat(step_1, coalesce(' > ' || step_2, ''), coalesce(' > ' || step_3, ''), coalesce(' > ' || step_4, '')) as path,
  count(distinct user_id) as path_occurrences,
  sum(impressions) as impressions,
  sum(cost) as cost
from paths
group by concat(step_1, coalesce(' > ' || step_2, ''), coalesce(' > ' || step_3, ''), coalesce(' > ' || step_4, ''))
