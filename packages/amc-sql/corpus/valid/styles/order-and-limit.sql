-- ORDER BY and LIMIT at the end, of which sources disagree.
-- warns: AMC022
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign
ORDER BY impressions DESC, 1 ASC NULLS LAST
LIMIT 10
