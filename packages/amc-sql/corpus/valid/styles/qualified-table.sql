-- Tables with a schema in front, columns with the table.
SELECT amc.dsp_impressions.campaign, SUM(dsp_impressions.impressions) AS impressions
FROM amc.dsp_impressions
GROUP BY dsp_impressions.campaign
