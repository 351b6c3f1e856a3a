-- Text and numbers in one column.
-- expect: AMC013 3:31-31 type
WITH t (k) AS (VALUES ('1'), (2)) SELECT COUNT(*) AS n FROM conversions c JOIN t ON t.k = c.tracked_asin
