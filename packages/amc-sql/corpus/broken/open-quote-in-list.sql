-- The last quote of a list is missing, and with it the parenthesis.
-- expect: lexical 5:25-25 Close
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign IN ('a', 'b)
GROUP BY campaign
