-- A keyword as a column.
-- expect: syntax 3:104-108 double quotes
WITH c AS (SELECT campaign, SUM(clicks) AS "order" FROM dsp_clicks GROUP BY campaign) SELECT campaign, order FROM c
