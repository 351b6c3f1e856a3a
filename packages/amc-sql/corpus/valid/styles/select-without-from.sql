-- No table at all.
SELECT ROUND(5.5) AS r, 'x' || 'y' AS t, CAST('today' AS DATE) AS d, 7 / 2 AS half, MOD(7, 3) AS rest, -2 * -3 AS six
