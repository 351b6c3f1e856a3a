-- title: Records by state and plan
-- answers: In which states are the subscriptions of each plan?
SELECT
  pv_subscription_name,
  pv_enrollment_status,
  COUNT(DISTINCT pv_subscription_id) AS subscriptions,
  COUNT(DISTINCT user_id) AS people
FROM amazon_pvc_enrollments
GROUP BY pv_subscription_name, pv_enrollment_status
