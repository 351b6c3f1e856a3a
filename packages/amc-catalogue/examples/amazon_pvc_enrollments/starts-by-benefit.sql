-- title: Subscriptions that begin, by channel
-- answers: How many people begin a subscription of each channel benefit?
SELECT
  pv_benefit_name,
  pv_is_promo,
  COUNT(DISTINCT user_id) AS people
FROM amazon_pvc_enrollments
WHERE pv_is_plan_start = TRUE
GROUP BY pv_benefit_name, pv_is_promo
