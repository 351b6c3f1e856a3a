-- A list with one quote missing swallows the next value.
-- expect: syntax 4:29-37 quote is missing
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE device_type IN ('TV', 'Phone, 'PC')
GROUP BY campaign
