-- Whom a campaign reached first of all.
WITH f AS (SELECT user_id, campaign, MIN(impression_dt_utc) AS dt FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1,2),
r AS (SELECT user_id, campaign, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY dt) rn FROM f)
SELECT campaign, COUNT(user_id) AS campaign_users, SUM(IF(rn=1,1,0)) AS first_of_all FROM r GROUP BY campaign
