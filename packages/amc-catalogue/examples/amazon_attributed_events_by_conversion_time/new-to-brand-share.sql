-- title: New-to-brand share by campaign
-- answers: Which share of the credited purchases comes from new customers?
SELECT
  campaign,
  SUM(new_to_brand_total_purchases) AS new_to_brand_purchases,
  SUM(total_purchases) AS purchases,
  SUM(new_to_brand_total_purchases) / NULLIF(SUM(total_purchases), 0) AS new_to_brand_share
FROM amazon_attributed_events_by_conversion_time
GROUP BY campaign
