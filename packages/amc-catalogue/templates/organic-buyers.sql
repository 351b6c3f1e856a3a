SELECT DISTINCT user_id
FROM conversions_all_for_audiences
WHERE user_id IS NOT NULL
  AND event_subtype = 'order'
  AND exposure_type = 'non-ad-exposed'
  AND tracked_asin IN ({{asins}})
