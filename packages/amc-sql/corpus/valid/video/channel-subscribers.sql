-- Who subscribed and watched after our ads.
-- use case: 85
WITH enrolled AS (
  SELECT user_id, pv_benefit_name, MIN(pv_start_date) AS first_start, MAX(CASE WHEN pv_is_promo THEN 1 ELSE 0 END) AS had_promo
  FROM amazon_pvc_enrollments WHERE user_id IS NOT NULL GROUP BY user_id, pv_benefit_name
), watched AS (
  SELECT user_id, SUM(pv_seconds_viewed) / 60 AS minutes FROM amazon_pvc_streaming_events_feed WHERE user_id IS NOT NULL GROUP BY user_id
)
SELECT e.pv_benefit_name, COUNT(DISTINCT e.user_id) AS enrolments, SUM(e.had_promo) AS promos, COUNT(DISTINCT w.user_id) AS viewers,
       SUM(w.minutes) / NULLIF(COUNT(DISTINCT w.user_id), 0) AS minutes_per_viewer
FROM enrolled e LEFT JOIN watched w ON w.user_id = e.user_id
GROUP BY e.pv_benefit_name
