-- Does the ad for one category sell another; both lists are VALUES.
-- use case: 60
WITH asin_groups (asin, asin_group) AS (
  VALUES ('B0000000A1', 'shoes'), ('B0000000A2', 'shoes'), ('B0000000B1', 'shirts')
),
orders AS (
  SELECT c.user_id, COALESCE(g.asin_group, 'other') AS asin_group
  FROM conversions_all c
  LEFT JOIN asin_groups g ON g.asin = c.tracked_asin
  WHERE c.user_id IS NOT NULL AND c.event_subtype = 'order'
),
combos AS (
  SELECT user_id, ARRAY_TO_STRING(ARRAY_SORT(ARRAY_DISTINCT(COLLECT(asin_group))), '+') AS purchase_category_combination
  FROM orders GROUP BY user_id
),
reached AS (SELECT user_id, MIN(campaign) AS campaign_group FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id)
SELECT r.campaign_group, c.purchase_category_combination, COUNT(DISTINCT c.user_id) AS dist_purchaser
FROM combos c INNER JOIN reached r ON r.user_id = c.user_id
GROUP BY r.campaign_group, c.purchase_category_combination
