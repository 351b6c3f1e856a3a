-- COUNT DISTINCT without its parentheses.
-- expect: syntax 3:24-31 behind COUNT
SELECT campaign, COUNT DISTINCT user_id AS users
FROM dsp_clicks
GROUP BY campaign
