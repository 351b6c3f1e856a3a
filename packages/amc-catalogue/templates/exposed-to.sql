SELECT user_id
FROM dsp_impressions_for_audiences
WHERE user_id IS NOT NULL
  AND campaign_id_string IN ({{campaign_ids}})
UNION
SELECT user_id
FROM sponsored_ads_traffic_for_audiences
WHERE user_id IS NOT NULL
  AND impressions > 0
  AND campaign_id_string IN ({{campaign_ids}})
