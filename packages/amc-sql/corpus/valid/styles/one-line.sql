-- Everything in one line, as it is sent by tools.
WITH a AS (SELECT user_id, campaign, SUM(impressions) AS i FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id, campaign), b AS (SELECT campaign, CASE WHEN i=1 THEN '1' WHEN i<=3 THEN '2-3' WHEN i<=6 THEN '4-6' ELSE '7+' END AS bucket, COUNT(user_id) AS users FROM a GROUP BY 1,2) SELECT campaign,bucket,users FROM b;
