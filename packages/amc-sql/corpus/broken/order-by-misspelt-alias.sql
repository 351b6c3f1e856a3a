-- An alias misspelt in ORDER BY.
-- expect: AMC009 3:90-94 total
SELECT campaign, SUM(clicks) AS total FROM dsp_clicks GROUP BY campaign         ORDER BY totla
