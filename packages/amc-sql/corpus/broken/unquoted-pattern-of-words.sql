-- A pattern of two words without quotes.
-- expect: syntax 5:25-35 '%Prime Day%'
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE campaign NOT LIKE %Prime Day%
GROUP BY campaign
