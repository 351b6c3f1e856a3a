-- A placeholder with spaces is none.
-- expect: placeholder 3:83-99 without spaces
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign_id_string = {{ campaign_id }} GROUP BY campaign
