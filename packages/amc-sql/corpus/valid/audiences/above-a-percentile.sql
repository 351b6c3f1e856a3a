-- The tenth of people who saw the most, by a percentile joined without a condition.
WITH f AS (SELECT user_id, SUM(impressions) AS i FROM dsp_impressions_for_audiences WHERE user_id IS NOT NULL GROUP BY 1),
p AS (SELECT PERCENTILE(i, 0.9) AS p90 FROM f)
SELECT f.user_id FROM f CROSS JOIN p WHERE f.i >= p.p90
