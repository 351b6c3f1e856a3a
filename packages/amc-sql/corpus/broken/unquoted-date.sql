-- A day without quotes is a subtraction.
-- expect: invalid 3:62-89 '2026-10-01'
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE click_date_utc >= 2026-10-01 GROUP BY campaign
