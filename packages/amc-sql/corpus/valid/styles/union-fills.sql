-- NULL, 0, 0.0 and casts fill the branches of a union.
SELECT 'dsp' AS side, SUM(total_cost) / 100000 AS cost, CAST(NULL AS DECIMAL(18, 2)) AS sales, CAST(NULL AS CHAR) AS note, 0.0 AS share, NULL AS extra FROM dsp_impressions
UNION ALL
SELECT 'sponsored', SUM(spend) / 100000000, NULL, 'spend', 1, 'x' FROM sponsored_ads_traffic
UNION ALL
SELECT 'sales', NULL, SUM(total_product_sales), NULL, 0, NULL FROM conversions
