-- The user id comes out under another name.
-- expect: AMC003 6:8-24 user_id reaches the result through u in journeys
WITH journeys AS (
  SELECT user_id AS u, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
)
SELECT MAX(u) AS someone, SUM(impressions) AS impressions FROM journeys
