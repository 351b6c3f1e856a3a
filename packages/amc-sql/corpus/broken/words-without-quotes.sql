-- A text of two words without quotes.
-- expect: syntax 3:75-83 'Prime Day'
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign  =  Prime Day GROUP BY campaign
