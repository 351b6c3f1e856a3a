-- A variable of a shell or a template language.
-- expect: placeholder 3:73-83 {{name}}
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign = ${campaign} GROUP BY campaign
