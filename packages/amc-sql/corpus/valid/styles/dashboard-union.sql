-- One row per metric, product by product, as dashboards want it.
SELECT 'DSP' AS product, 'impressions' AS metric, CAST(SUM(impressions) AS DOUBLE) AS amount FROM dsp_impressions
UNION ALL SELECT 'DSP', 'clicks', SUM(clicks) FROM dsp_clicks
UNION ALL SELECT 'DSP', 'cost', SUM(total_cost) / 100000 FROM dsp_impressions
UNION ALL SELECT 'SP', 'impressions', SUM(impressions) FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_products'
UNION ALL SELECT 'SB', 'impressions', SUM(impressions) FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_brands'
UNION ALL SELECT 'SD', 'impressions', SUM(impressions) FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_display'
UNION ALL SELECT 'STV', 'impressions', SUM(impressions) FROM sponsored_ads_traffic WHERE ad_product_type = 'sponsored_television'
UNION ALL SELECT 'all', 'purchases', SUM(total_purchases) FROM amazon_attributed_events_by_conversion_time
UNION ALL SELECT 'all', 'sales', SUM(total_product_sales) FROM amazon_attributed_events_by_conversion_time
