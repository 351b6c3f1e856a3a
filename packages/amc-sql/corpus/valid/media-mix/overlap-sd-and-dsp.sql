-- Two display budgets after the same people; USING merges the key of the FULL OUTER JOIN.
-- use case: 9
WITH dsp (user_id, dsp_impressions) AS (
  SELECT user_id, SUM(impressions) FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1
), sd (user_id, sd_impressions) AS (
  SELECT user_id, SUM(impressions) FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND ad_product_type = 'sponsored_display' GROUP BY 1
)
SELECT
  CASE WHEN dsp_impressions IS NULL THEN 'SD only' WHEN sd_impressions IS NULL THEN 'DSP only' ELSE 'both' END AS exposure_group,
  COUNT(DISTINCT user_id) AS unique_reach,
  SUM(COALESCE(dsp_impressions, 0) + COALESCE(sd_impressions, 0)) AS impressions
FROM dsp FULL OUTER JOIN sd USING (user_id)
GROUP BY 1
