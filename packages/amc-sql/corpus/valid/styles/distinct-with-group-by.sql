-- DISTINCT beside GROUP BY.
SELECT DISTINCT campaign, SUM(impressions) AS impressions
FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P7D', 'P7D'))
GROUP BY campaign
