-- Bought the first product and not the second.
-- use case: 102
-- declare: bought_asins STRING[] = ["B0000000A1"]
-- declare: not_bought_asins STRING[] = ["B0000000B1", "B0000000B2"]
-- rows: none
WITH a AS (SELECT DISTINCT user_id FROM conversions_for_audiences WHERE user_id IS NOT NULL AND tracked_asin IN {{bought_asins}}),
     b AS (SELECT DISTINCT user_id FROM conversions_for_audiences WHERE user_id IS NOT NULL AND tracked_asin IN {{not_bought_asins}})
SELECT a.user_id FROM a LEFT JOIN b ON a.user_id = b.user_id WHERE b.user_id IS NULL
