-- title: Lifestyle segments of buyers
-- answers: Which lifestyle segments do buyers belong to?
WITH buyers AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE event_subtype = 'order' AND user_id IS NOT NULL
  GROUP BY user_id
)
SELECT
  members.segment_name,
  COUNT(DISTINCT members.user_id) AS buyers,
  SUM(buyers.sales) / NULLIF(COUNT(DISTINCT members.user_id), 0) AS sales_per_buyer
FROM audience_segments_eu_lifestyle members
INNER JOIN buyers ON buyers.user_id = members.user_id
WHERE members.segment_marketplace_id = 3
GROUP BY members.segment_name
