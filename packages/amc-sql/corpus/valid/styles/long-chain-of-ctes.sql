-- A dozen WITH parts, each reading the one before.
WITH a AS (SELECT user_id, campaign, impressions FROM dsp_impressions WHERE user_id IS NOT NULL),
b AS (SELECT user_id, campaign, SUM(impressions) AS n FROM a GROUP BY user_id, campaign),
c AS (SELECT user_id, COUNT(campaign) AS campaigns, SUM(n) AS n FROM b GROUP BY user_id),
d AS (SELECT user_id, campaigns, n, CASE WHEN n > 10 THEN 1 ELSE 0 END AS heavy FROM c),
e AS (SELECT user_id, campaigns, n, heavy FROM d WHERE campaigns > 0),
f AS (SELECT campaigns, heavy, user_id, n FROM e WHERE n < 1000),
g AS (SELECT campaigns, heavy, COUNT(user_id) AS people, SUM(n) AS n FROM f GROUP BY campaigns, heavy),
h AS (SELECT campaigns, MAX(IF(heavy = 1, people, 0)) AS heavy_people, MAX(IF(heavy = 0, people, 0)) AS light_people FROM g GROUP BY campaigns),
i AS (SELECT campaigns, heavy_people, light_people, heavy_people + light_people AS people FROM h),
j AS (SELECT campaigns, people, heavy_people / NULLIF(people, 0) AS heavy_share FROM i),
k AS (SELECT campaigns, people, heavy_share, RANK() OVER (ORDER BY people DESC) AS rk FROM j)
SELECT campaigns, people, heavy_share, rk FROM k
