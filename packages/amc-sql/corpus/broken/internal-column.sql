-- A column for Amazon alone.
-- expect: AMC002 3:8-21 marketplace_id
SELECT marketplace_id, COUNT(DISTINCT purchase_id) AS orders FROM amazon_retail_purchases GROUP BY marketplace_id
