-- How many people TV adds, and what each costs.
-- use case: 83
WITH tv AS (
  SELECT user_id, SUM(total_cost) / 100000 AS cost FROM dsp_impressions
  WHERE user_id IS NOT NULL AND (line_item_type = 'AAP_VIDEO_CPM' OR device_type = 'TV' OR supply_source SIMILAR TO '(?i)(freevee|prime video|imdb)')
  GROUP BY user_id
), other AS (
  SELECT user_id FROM sponsored_ads_traffic WHERE user_id IS NOT NULL GROUP BY user_id
), people AS (
  SELECT COALESCE(t.user_id, o.user_id) AS user_id, t.cost,
         CASE WHEN o.user_id IS NULL THEN 'TV only' WHEN t.user_id IS NULL THEN 'other only' ELSE 'both' END AS reach_group
  FROM tv t FULL OUTER JOIN other o ON o.user_id = t.user_id
)
SELECT reach_group, COUNT(DISTINCT user_id) AS reach, SUM(cost) AS cost,
       SUM(CASE WHEN reach_group = 'TV only' THEN cost END) / NULLIF(COUNT(DISTINCT CASE WHEN reach_group = 'TV only' THEN user_id END), 0) AS cost_per_incremental_user
FROM people
GROUP BY reach_group
