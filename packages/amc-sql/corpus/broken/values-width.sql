-- Two values where the list names one column.
-- expect: AMC013 3:13-24
WITH asins (tracked_asin) AS (
  VALUES ('B000000001', 'B000000002')
)
SELECT COUNT(DISTINCT c.user_id) AS users FROM conversions c INNER JOIN asins a ON a.tracked_asin = c.tracked_asin
