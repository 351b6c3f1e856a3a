-- The inner query of FROM is not closed.
-- expect: syntax 5:1-5 Add )
SELECT campaign, SUM(n) AS n
FROM (SELECT campaign, COUNT(*) AS n FROM dsp_clicks GROUP BY campaign
GROUP BY campaign
