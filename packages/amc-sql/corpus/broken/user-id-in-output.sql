-- Users listed one by one.
-- expect: AMC002 3:8-14 user_id
SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY user_id
