-- title: Titles by viewers
-- answers: Which titles do the most people watch?
SELECT
  pv_gti_title_name,
  pv_gti_content_type,
  COUNT(DISTINCT pv_session_id) AS sessions,
  COUNT(DISTINCT user_id) AS people
FROM amazon_pvc_streaming_events_feed
GROUP BY pv_gti_title_name, pv_gti_content_type
