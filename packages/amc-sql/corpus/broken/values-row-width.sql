-- Rows of different lengths.
-- expect: AMC013 3:51-57 same number
WITH asins (asin, label) AS (VALUES ('B01', 'a'), ('B02')) SELECT COUNT(*) AS n FROM conversions c JOIN asins a ON a.asin = c.tracked_asin
