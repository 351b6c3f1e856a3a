-- Placeholders as a value, in a list, in a text, in LIKE, in an interval and as rows.
-- declare: ids STRING[] = []
-- declare: name STRING = "O'Neill"
-- declare: part STRING = "Display"
-- declare: days INTEGER = 400
-- declare: rows STRING[] = ["TV", "PC"]
WITH devices (device) AS (VALUES {{rows}})
SELECT '{{name}}''s report' AS title, {{name}} AS owner_name, i.campaign, SUM(i.impressions) AS impressions
FROM dsp_impressions i INNER JOIN devices d ON d.device = i.device_type
WHERE i.campaign_id_string IN {{ids}} AND i.campaign LIKE '%{{part}}%'
  AND CAST(i.campaign_start_date AS DATE) > CURRENT_DATE - INTERVAL '{{days}}' DAY
GROUP BY i.campaign
