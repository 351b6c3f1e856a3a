-- title: Live and on demand
-- answers: How many people watch live, and how many on demand?
SELECT
  pv_gti_is_live,
  pv_stream_type,
  COUNT(DISTINCT pv_session_id) AS sessions,
  COUNT(DISTINCT user_id) AS people
FROM amazon_pvc_streaming_events_feed
GROUP BY pv_gti_is_live, pv_stream_type
