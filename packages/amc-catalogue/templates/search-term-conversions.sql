SELECT
  targeting AS keyword,
  customer_search_term,
  match_type,
  campaign,
  SUM(total_detail_page_view) AS detail_page_views,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales,
  SUM(total_purchases) / NULLIF(SUM(total_detail_page_view), 0) AS purchases_per_view
FROM amazon_attributed_events_by_traffic_time
WHERE customer_search_term IS NOT NULL
  AND campaign_id_string IN ({{sa_campaign_ids}})
  AND match_type IN ({{match_types}})
GROUP BY targeting, customer_search_term, match_type, campaign
