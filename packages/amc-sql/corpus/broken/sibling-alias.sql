-- An alias used beside itself.
-- expect: AMC016 3:46-56 Repeat
SELECT campaign, SUM(clicks) AS click_total, click_total / 10 AS tenth FROM dsp_clicks GROUP BY campaign
