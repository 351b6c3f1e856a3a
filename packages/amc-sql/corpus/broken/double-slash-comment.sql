-- A comment as in JavaScript.
-- expect: lexical 3:40-50 --
SELECT campaign, SUM(clicks) AS clicks // how many
FROM dsp_clicks
GROUP BY campaign
