-- Square brackets around a name, as in playbooks.
-- expect: syntax 3:8-8 brackets
SELECT [campaign], SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY 1
