-- A value without its quotes.
-- expect: AMC009 3:40-42 B02
WITH asins (asin) AS (VALUES ('B01'), (B02)) SELECT COUNT(*) AS n FROM conversions c JOIN asins a ON a.asin = c.tracked_asin
