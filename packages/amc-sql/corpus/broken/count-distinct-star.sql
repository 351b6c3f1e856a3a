-- DISTINCT before a star.
-- expect: syntax 3:33-33 column
SELECT campaign, COUNT(DISTINCT *) AS n FROM dsp_clicks GROUP BY campaign
