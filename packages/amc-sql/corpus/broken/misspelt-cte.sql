-- A WITH part misspelt.
-- expect: AMC009 4:30-36 journeys
WITH journeys AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, clicks FROM journey
