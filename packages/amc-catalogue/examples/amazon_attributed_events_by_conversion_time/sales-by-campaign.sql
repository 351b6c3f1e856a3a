-- title: Credited sales by campaign
-- answers: What did people buy in this period after ads, by campaign?
SELECT
  campaign,
  ad_product_type,
  SUM(total_purchases) AS purchases,
  SUM(total_units_sold) AS units,
  SUM(total_product_sales) AS sales
FROM amazon_attributed_events_by_conversion_time
GROUP BY campaign, ad_product_type
