-- An apostrophe inside a text, which is not doubled.
-- expect: syntax 4:18-25 doubled
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE campaign = 'Mother's Day'
GROUP BY campaign
