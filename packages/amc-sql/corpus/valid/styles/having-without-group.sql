-- HAVING over the whole table.
SELECT COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS impressions FROM dsp_impressions HAVING SUM(impressions) > 0
