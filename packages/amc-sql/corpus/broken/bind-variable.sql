-- A variable of another tool.
-- expect: lexical 3:83-94 {{name}}
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign_id_string = :campaign_id GROUP BY campaign
