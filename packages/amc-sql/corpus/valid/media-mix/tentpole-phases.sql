-- Lead-in, event and lead-out: which phases a person saw, and what they bought.
-- use case: 15
-- declare: phase_one_name STRING = "lead-in"
-- declare: phase_one_start_date DATE = "2026-10-01"
-- declare: phase_one_end_date DATE = "2026-10-10"
-- declare: phase_two_name STRING = "event"
-- declare: phase_two_start_date DATE = "2026-10-11"
-- declare: phase_two_end_date DATE = "2026-10-20"
-- declare: phase_three_name STRING = "lead-out"
-- declare: phase_three_start_date DATE = "2026-10-21"
-- declare: phase_three_end_date DATE = "2026-10-31"
WITH phases (phase, start_day, end_day) AS (
  VALUES
    ({{phase_one_name}}, CAST({{phase_one_start_date}} AS DATE), CAST({{phase_one_end_date}} AS DATE)),
    ({{phase_two_name}}, CAST({{phase_two_start_date}} AS DATE), CAST({{phase_two_end_date}} AS DATE)),
    ({{phase_three_name}}, CAST({{phase_three_start_date}} AS DATE), CAST({{phase_three_end_date}} AS DATE))
),
impressions AS (
  SELECT i.user_id, p.phase, SUM(i.impressions) AS impressions, SUM(i.total_cost) / 100000 AS cost
  FROM dsp_impressions i
  INNER JOIN phases p ON i.impression_date_utc >= p.start_day AND i.impression_date_utc <= p.end_day
  WHERE i.user_id IS NOT NULL
  GROUP BY i.user_id, p.phase
),
strategies AS (
  SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT phase)) AS tentpole_strategies, SUM(impressions) AS impressions, SUM(cost) AS cost
  FROM impressions
  GROUP BY user_id
),
sales AS (
  SELECT user_id, SUM(conversions) AS purchases, SUM(total_product_sales) AS sales,
         SUM(CASE WHEN new_to_brand THEN total_product_sales ELSE 0 END) AS ntb_sales,
         MAX(CASE WHEN new_to_brand = TRUE THEN 1 ELSE 0 END) AS is_ntb
  FROM conversions
  WHERE user_id IS NOT NULL AND event_subtype = 'order'
  GROUP BY user_id
)
SELECT
  s.tentpole_strategies,
  SUM(s.impressions) AS impressions,
  COUNT(DISTINCT s.user_id) AS unique_reach,
  COUNT(DISTINCT c.user_id) AS unique_purchasers,
  SUM(c.is_ntb) AS unique_ntb_purchasers,
  SUM(c.sales) AS sales,
  SUM(c.ntb_sales) AS ntb_sales,
  SUM(s.cost) AS ad_spend,
  SUM(c.sales) / NULLIF(SUM(s.cost), 0) AS roas
FROM strategies s
LEFT JOIN sales c ON c.user_id = s.user_id
GROUP BY s.tentpole_strategies
