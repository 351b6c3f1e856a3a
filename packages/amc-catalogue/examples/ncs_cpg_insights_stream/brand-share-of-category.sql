-- title: Share of a brand in its category
-- answers: Which share of the offline sales of a category falls on each brand?
WITH brands AS (
  SELECT product_category, brand, SUM(purchase_dollar_amount) AS dollars, COUNT(DISTINCT user_id) AS people
  FROM ncs_cpg_insights_stream
  GROUP BY product_category, brand
)
SELECT
  product_category,
  brand,
  people,
  dollars,
  dollars / NULLIF(SUM(dollars) OVER (PARTITION BY product_category), 0) AS share_of_category
FROM brands
