-- Text and numbers as alternatives.
-- expect: invalid 3:8-55 different types
SELECT CASE WHEN clicks > 1 THEN 'many' ELSE clicks END AS c, COUNT(*) AS n FROM dsp_clicks GROUP BY 1
