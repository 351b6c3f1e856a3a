-- title: Visitors who order
-- answers: How many visitors of the store order something later?
WITH visitors AS (
  SELECT store_name, user_id, MIN(event_dt_utc) AS first_visit
  FROM amazon_brand_store_page_views
  WHERE user_id IS NOT NULL
  GROUP BY store_name, user_id
),
buyers AS (
  SELECT user_id, MAX(event_dt_hour_utc) AS last_order
  FROM conversions
  WHERE event_subtype = 'order' AND user_id IS NOT NULL
  GROUP BY user_id
)
SELECT
  visitors.store_name,
  COUNT(DISTINCT visitors.user_id) AS visitors,
  COUNT(DISTINCT buyers.user_id) AS visitors_who_order
FROM visitors
LEFT JOIN buyers ON buyers.user_id = visitors.user_id AND buyers.last_order >= visitors.first_visit
GROUP BY visitors.store_name
