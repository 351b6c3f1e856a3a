-- title: Brands by week
-- answers: What do people spend on each brand offline, from week to week?
SELECT
  brand,
  week_end_dt,
  SUM(purchase_dollar_amount) AS dollars,
  COUNT(DISTINCT user_id) AS people
FROM ncs_cpg_insights_stream
GROUP BY brand, week_end_dt
