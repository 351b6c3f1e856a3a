-- After product A, what is bought next and how much later, ranked per product.
-- use case: 59
WITH orders AS (
  SELECT user_id, tracked_asin, COALESCE(ad_product_type, 'DSP') AS ad_product, MIN(conversion_event_dt_utc) AS bought, SUM(total_purchases) AS purchases
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id, tracked_asin, COALESCE(ad_product_type, 'DSP')
),
sequences AS (
  SELECT a.tracked_asin AS lead_asin, b.tracked_asin AS follow_up_asin, a.user_id,
         SECONDS_BETWEEN(a.bought, b.bought) / 86400.0 AS days_between
  FROM orders a JOIN orders b
    ON a.user_id = b.user_id AND a.tracked_asin <> b.tracked_asin AND a.bought < b.bought
   AND SECONDS_BETWEEN(a.bought, b.bought) <= 30 * 24 * 60 * 60
),
counted AS (
  SELECT lead_asin, follow_up_asin, COUNT(DISTINCT user_id) AS cross_purchased_users, AVG(days_between) AS avg_days_between_purchases
  FROM sequences GROUP BY lead_asin, follow_up_asin
)
SELECT lead_asin, follow_up_asin, cross_purchased_users, ROUND(avg_days_between_purchases, 1) AS avg_days_between_purchases,
       RANK() OVER (PARTITION BY lead_asin ORDER BY cross_purchased_users DESC, follow_up_asin) AS cross_purchase_rank
FROM counted
