-- Flags of three products, in nested queries without WITH and with one-letter names.
select IF(d=1,'DSP ','')||IF(p=1,'SP ','')||IF(b=1,'SB','') as combo, Count(user_id) u
from (
  select user_id, MAX(d) d, MAX(p) p, MAX(b) b
  from (
    select user_id, 1 d, 0 p, 0 b from DSP_Impressions where user_id is not null
    UNION ALL
    select user_id, 0, IF(ad_product_type='sponsored_products',1,0), IF(ad_product_type='sponsored_brands',1,0)
    from SPONSORED_ADS_TRAFFIC where user_id is not null
  ) u1
  group by user_id
) u2
group by 1;
