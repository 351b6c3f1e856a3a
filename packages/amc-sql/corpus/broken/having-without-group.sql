-- A column beside an aggregate without GROUP BY.
-- expect: AMC008 3:8-15 campaign
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
