-- A hash of the user id is still the user.
-- expect: AMC003 3:8-29 user_id
SELECT MD5(user_id) AS person, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY MD5(user_id)
