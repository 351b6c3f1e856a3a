-- A comma too many at the end of the list.
-- expect: syntax 3:39-39 comma
SELECT campaign, SUM(clicks) AS clicks,
FROM dsp_clicks
GROUP BY campaign
