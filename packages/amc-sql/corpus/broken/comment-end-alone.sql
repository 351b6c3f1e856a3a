-- The beginning of a comment is missing.
-- expect: lexical 3:79-80 /*
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign      */
