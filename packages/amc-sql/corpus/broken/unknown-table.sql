-- A table in the singular.
-- expect: AMC009 4:6-19 dsp_impressions
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impression
GROUP BY campaign
