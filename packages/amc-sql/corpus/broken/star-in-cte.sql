-- Everything of a table inside a WITH part.
-- expect: AMC001 3:19-19 columns
WITH c AS (SELECT * FROM dsp_clicks) SELECT campaign, SUM(clicks) AS clicks FROM c GROUP BY campaign
