-- Share of new orders and sales; the sums go into a WITH part so that they are written once.
-- use case: 34
WITH base AS (
    SELECT advertiser, campaign_id_string, campaign,
        SUM(new_to_brand_purchases) AS ntb_purchases, SUM(purchases) AS purchases,
        SUM(new_to_brand_product_sales) AS ntb_sales, SUM(product_sales) AS sales
    FROM amazon_attributed_events_by_traffic_time
    GROUP BY advertiser, campaign_id_string, campaign
)
SELECT advertiser, campaign_id_string, campaign,
    ntb_purchases AS new_to_brand_purchases,
    purchases - ntb_purchases AS non_new_to_brand_purchases,
    ROUND(100.0 * ntb_purchases / NULLIF(purchases, 0), 1) AS new_to_brand_purchases_percentage,
    ntb_sales AS new_to_brand_product_sales,
    sales - ntb_sales AS non_new_to_brand_product_sales,
    CAST(100 * ntb_sales / NULLIF(sales, 0) AS DECIMAL(10, 2)) AS new_to_brand_product_sales_percentage
FROM base
WHERE purchases > 0
