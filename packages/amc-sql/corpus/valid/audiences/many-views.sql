-- Looked three times and did not buy.
-- use case: 93
select user_id
from conversions_for_audiences
where user_id is not null and event_subtype in ('detailPageView', 'order')
group by user_id
having sum(case when event_subtype = 'detailPageView' then 1 else 0 end) >= 3
   and sum(case when event_subtype = 'order' then 1 else 0 end) = 0
