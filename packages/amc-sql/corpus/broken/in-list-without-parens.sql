-- Several members of IN without parentheses.
-- expect: syntax 4:22-25 parentheses
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE device_type IN 'TV', 'Phone'
GROUP BY campaign
