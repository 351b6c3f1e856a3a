-- A condition on a sum belongs to HAVING.
-- expect: AMC017 5:7-22 where
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE SUM(impressions) > 1000
GROUP BY campaign
