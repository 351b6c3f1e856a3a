WITH facts AS (
  SELECT
    iso_country_code AS country,
    iso_state_province_code AS region,
    user_id AS reached,
    CAST(NULL AS VARCHAR) AS buyer,
    impressions,
    total_cost / 100000 AS cost, -- millicents
    0 AS sales
  FROM dsp_impressions
  WHERE iso_state_province_code IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  UNION ALL
  SELECT
    iso_country_code AS country,
    iso_state_province_code AS region,
    CAST(NULL AS VARCHAR) AS reached,
    user_id AS buyer,
    0 AS impressions,
    0 AS cost,
    total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE iso_state_province_code IS NOT NULL
    AND ad_product_type IS NULL
    AND total_purchases > 0
    AND campaign_id_string IN ({{dsp_campaign_ids}})
)
SELECT
  country,
  region,
  COUNT(DISTINCT reached) AS reach,
  SUM(impressions) AS impressions,
  SUM(cost) AS cost,
  COUNT(DISTINCT buyer) AS users_that_purchased,
  SUM(sales) AS sales,
  1000 * SUM(sales) / NULLIF(COUNT(DISTINCT reached), 0) AS sales_per_1000_people,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM facts
GROUP BY country, region
