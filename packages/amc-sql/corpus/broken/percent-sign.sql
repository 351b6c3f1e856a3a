-- A percentage is no number.
-- expect: syntax 3:36-37 missing
SELECT campaign, SUM(clicks) * 10% AS tenth FROM dsp_clicks GROUP BY campaign
