-- title: Reach and frequency by campaign
-- answers: How many people did each DSP campaign reach, and how often?
SELECT
  campaign,
  SUM(impressions) AS impressions,
  COUNT(DISTINCT user_id) AS people,
  SUM(impressions) / NULLIF(COUNT(DISTINCT user_id), 0) AS impressions_per_person
FROM dsp_impressions
WHERE user_id IS NOT NULL
GROUP BY campaign
