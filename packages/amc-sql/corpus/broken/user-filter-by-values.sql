-- One person looked for through a WITH part.
-- expect: AMC006 6:7-44 user_id
WITH people (person) AS (VALUES ('abc123'), ('abc124'))
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE user_id IN (SELECT person FROM people)
GROUP BY campaign
