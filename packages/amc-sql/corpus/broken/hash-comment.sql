-- A comment as in Python.
-- expect: lexical 3:40-49 --
SELECT campaign, SUM(clicks) AS clicks # how many
FROM dsp_clicks
GROUP BY campaign
