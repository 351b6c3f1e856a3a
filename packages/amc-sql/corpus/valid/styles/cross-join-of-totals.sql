-- Totals beside every row, by CROSS JOIN and by comma.
WITH c AS (SELECT campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY campaign), t AS (SELECT SUM(n) AS total FROM c), m AS (SELECT MAX(n) AS most FROM c)
SELECT c.campaign, c.n, c.n / NULLIF(t.total, 0) AS share_of_total, c.n / NULLIF(m.most, 0) AS share_of_most FROM c CROSS JOIN t, m
