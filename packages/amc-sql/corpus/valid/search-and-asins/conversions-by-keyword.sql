-- Which searches end in page views and orders.
-- use case: 53
SELECT targeting AS keyword
     , customer_search_term
     , match_type
     , campaign
     , ad_product_type
     , SUM(total_detail_page_view) AS total_dpv
     , SUM(total_purchases)        AS total_purchases
  FROM amazon_attributed_events_by_traffic_time
 WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands')
   AND match_type IN ('PHRASE', 'BROAD', 'EXACT')
 GROUP BY targeting
        , customer_search_term
        , match_type
        , campaign
        , ad_product_type
