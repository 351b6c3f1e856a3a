-- Text meets numbers in CASE, COALESCE, VALUES and UNION, where all becomes text.
-- warns: invalid, AMC013, AMC014
WITH labels (device, label) AS (
  VALUES ('TV', 'screen'), ('Phone', 2)
)
SELECT
  CASE WHEN i.campaign_id > 5 THEN i.campaign_id ELSE 'small' END AS campaign,
  COALESCE(l.label, 0) AS label,
  IF(SUM(i.impressions) > 100, SUM(i.impressions), 'few') AS impressions
FROM dsp_impressions i
LEFT JOIN labels l ON l.device = i.device_type
GROUP BY 1, 2
UNION ALL
SELECT 0, 'all', SUM(impressions) FROM dsp_impressions
