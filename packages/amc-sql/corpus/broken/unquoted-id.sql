-- An ASIN without quotes.
-- expect: AMC009 3:82-91 'B012345678'
SELECT tracked_asin, SUM(conversions) AS n FROM conversions WHERE tracked_asin = B012345678 GROUP BY tracked_asin
