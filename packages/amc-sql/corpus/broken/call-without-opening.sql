-- A call whose first parenthesis was forgotten.
-- expect: syntax 3:22-27 behind SUM
SELECT campaign, SUM clicks) AS clicks
FROM dsp_clicks
GROUP BY campaign
