SELECT user_id
FROM dsp_impressions_for_audiences
WHERE user_id IS NOT NULL
  AND campaign_id_string IN ({{dsp_campaign_ids}})
GROUP BY user_id
HAVING SUM(impressions) >= {{min_impressions}}
