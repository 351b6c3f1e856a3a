-- An interval as in PostgreSQL.
-- expect: syntax 3:99-106 DAY
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE click_date > CURRENT_DATE - INTERVAL '7 days' GROUP BY campaign
