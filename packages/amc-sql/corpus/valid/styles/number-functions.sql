-- Numbers: rounding of all kinds, powers, logarithms, extremes with dates, remainders.
SELECT campaign,
  ROUND(SUM(total_cost) / 100000, 2) AS r2, ROUND(AVG(impressions)) AS r0, ROUND(1234.5, -2) AS hundreds, TRUNC(SUM(total_cost) / 100000, 1) AS t1,
  CEIL(SUM(impressions) / 3) AS c, CEILING(2.1) AS c2, FLOOR(AVG(impressions) * 10) AS f, ABS(-3) AS a, POWER(2, 10) AS p, SQRT(COUNT(*)) AS s, EXP(1) - E() AS zero,
  LN(COUNT(*) + 1) AS l, LOG10(100) AS l10, LOG(2, 8) AS l2, MOD(COUNT(*), 7) AS m, COUNT(*) % 7 AS m2, SUM(impressions) * 1e2 AS x100, .5 AS half,
  GREATEST(SUM(impressions), 1, 2.5) AS g, LEAST(MIN(impression_date_utc), CAST('2026-10-10' AS DATE)) AS earliest
FROM dsp_impressions
GROUP BY campaign
