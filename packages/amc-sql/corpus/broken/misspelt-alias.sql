-- The alias of a table misspelt.
-- expect: AMC009 3:8-9 imp
SELECT im.campaign, SUM(imp.impressions) AS impressions
FROM dsp_impressions imp
GROUP BY imp.campaign
