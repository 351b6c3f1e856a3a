-- Days cannot be added as a number.
-- expect: invalid 3:62-75 DATE and INTEGER
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE click_date + 7 > CURRENT_DATE GROUP BY campaign
