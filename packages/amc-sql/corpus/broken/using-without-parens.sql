-- USING without its parentheses.
-- expect: syntax 3:94-100 USING (column)
SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions i INNER JOIN dsp_clicks c USING user_id WHERE user_id IS NOT NULL
