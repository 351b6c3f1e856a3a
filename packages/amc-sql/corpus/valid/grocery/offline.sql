-- Did the campaign sell in supermarkets outside Amazon.
-- use case: 89
WITH exposed AS (
  SELECT DISTINCT user_id, campaign FROM dsp_impressions WHERE user_id IS NOT NULL
), baskets AS (
  SELECT user_id, category, brand, SUM(purchase_dollar_amount) AS dollars, SUM(purchase_quantity) AS quantity
  FROM ncs_cpg_insights_stream WHERE user_id IS NOT NULL GROUP BY user_id, category, brand
)
SELECT e.campaign, b.category, b.brand, COUNT(DISTINCT e.user_id) AS exposed_users, COUNT(DISTINCT b.user_id) AS buyers,
       SUM(b.dollars) AS purchase_dollar_amount, SUM(b.quantity) AS purchase_quantity
FROM exposed e LEFT JOIN baskets b ON b.user_id = e.user_id
GROUP BY e.campaign, b.category, b.brand
