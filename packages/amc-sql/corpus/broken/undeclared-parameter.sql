-- A placeholder that nobody declared.
-- declare: campaign_id STRING
-- expect: AMC012 4:85-100 campaign_ids
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign_id_string IN ({{campaign_ids}}) GROUP BY campaign
