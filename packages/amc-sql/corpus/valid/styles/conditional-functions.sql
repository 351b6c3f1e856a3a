-- Conditions as values, IF in IF, simple and searched CASE, the family of COALESCE.
SELECT campaign,
  SUM(impressions) > 100 AS is_big, MAX(device_type) IS NULL AS no_device, campaign = 'x' OR campaign LIKE 'y%' AS is_xy,
  IF(SUM(impressions) > 100, IF(COUNT(*) > 200, 'large', 'medium'), 'small') AS size_group,
  CASE campaign WHEN 'a' THEN 1 WHEN 'b' THEN 2.5 END AS code, CASE WHEN COUNT(*) > 1 THEN SUM(impressions) ELSE 0.5 END AS mixed,
  COALESCE(MAX(deal_name), MAX(site), 'none') AS c, NVL(SUM(impressions), 0) AS n, IFNULL(MAX(deal_id), '-') AS i, NVL2(MAX(deal_id), 'deal', 'open') AS n2,
  NULLIF(campaign, '') AS nn, CONTAINED_IN(campaign, 'a', 'b') AS in_list
FROM dsp_impressions
GROUP BY campaign
