-- Where sales and reach come from.
-- use case: 76
-- declare: geo STRING = "state"
WITH reach AS (
  SELECT CASE WHEN {{geo}} = 'state' THEN iso_state_province_code ELSE dma_code END AS area,
         COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions GROUP BY 1
), sales AS (
  SELECT CASE WHEN {{geo}} = 'state' THEN iso_state_province_code ELSE dma_code END AS area,
         COUNT(DISTINCT user_id) AS users_that_purchased, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE total_purchases > 0 GROUP BY 1
)
SELECT r.area, r.reach, r.impressions, r.cost, s.users_that_purchased, s.sales, s.sales / NULLIF(r.cost, 0) AS roas
FROM reach r LEFT JOIN sales s ON s.area = r.area
