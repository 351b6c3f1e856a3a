-- An array of users.
-- expect: AMC003 3:18-52 user_id
SELECT campaign, COLLECT(DISTINCT user_id) AS people FROM dsp_clicks GROUP BY campaign
