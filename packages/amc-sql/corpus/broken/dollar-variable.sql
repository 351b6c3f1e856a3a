-- A variable of a shell.
-- expect: lexical 3:102-106 {{name}}
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign_id_string = '$x' OR campaign = $name GROUP BY campaign
