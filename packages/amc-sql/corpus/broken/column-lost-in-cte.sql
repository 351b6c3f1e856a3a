-- The WITH part does not hand the column on.
-- expect: AMC009 4:18-26 line_item
WITH c AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, line_item, clicks FROM c
