-- The alias is there, the table has another.
-- expect: AMC009 3:8-22 i
SELECT dsp_impressions.campaign, SUM(i.impressions) AS impressions FROM dsp_impressions i GROUP BY 1
