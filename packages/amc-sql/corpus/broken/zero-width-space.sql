-- An invisible character inside a list.
-- expect: AMC019 3:17-17 white space
SELECT campaign,​ SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY campaign
