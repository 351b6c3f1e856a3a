-- HAVING on the alias of a rank.
-- expect: AMC035 6:8-15 WITH
SELECT campaign, RANK() OVER (ORDER BY SUM(impressions) DESC) AS rk, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign
HAVING rk <= 10
