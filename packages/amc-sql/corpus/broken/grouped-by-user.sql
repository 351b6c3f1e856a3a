-- One row per person, though the id is not shown.
-- expect: AMC004 3:55-61 user_id
SELECT SUM(clicks) AS clicks FROM dsp_clicks GROUP BY user_id
