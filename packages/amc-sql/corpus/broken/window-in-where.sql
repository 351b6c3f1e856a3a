-- A rank filtered where it is made.
-- expect: AMC017 5:7-45 WITH
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE RANK() OVER (ORDER BY impressions DESC) <= 10
GROUP BY campaign
