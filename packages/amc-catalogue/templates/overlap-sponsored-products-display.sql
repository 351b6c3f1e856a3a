-- An exposure counts only when it came before the first purchase.
WITH exposures AS (
  SELECT
    user_id,
    'Sponsored Products' AS saw,
    MIN(event_dt_utc) AS first_seen_dt
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND ad_product_type = 'sponsored_products'
    AND impressions > 0
    AND campaign_id_string IN ({{sp_campaign_ids}})
  GROUP BY user_id
  UNION ALL
  SELECT
    user_id,
    'Sponsored Display' AS saw,
    MIN(event_dt_utc) AS first_seen_dt
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND ad_product_type = 'sponsored_display'
    AND impressions > 0
    AND campaign_id_string IN ({{sd_campaign_ids}})
  GROUP BY user_id
),
buyers AS (
  SELECT
    user_id,
    MIN(conversion_event_dt_utc) AS first_purchase_dt,
    SUM(total_purchases) AS purchases
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL
    AND total_purchases > 0
    AND (
      (ad_product_type = 'sponsored_products' AND campaign_id_string IN ({{sp_campaign_ids}}))
      OR (ad_product_type = 'sponsored_display' AND campaign_id_string IN ({{sd_campaign_ids}}))
    )
  GROUP BY user_id
),
people AS (
  SELECT
    e.user_id,
    MAX(CASE WHEN e.saw = 'Sponsored Products' THEN 1 ELSE 0 END) AS saw_first,
    MAX(CASE WHEN e.saw = 'Sponsored Display' THEN 1 ELSE 0 END) AS saw_second,
    MAX(b.purchases) AS purchases
  FROM exposures e
  LEFT JOIN buyers b
    ON b.user_id = e.user_id
  WHERE b.first_purchase_dt IS NULL
    OR e.first_seen_dt <= b.first_purchase_dt
  GROUP BY e.user_id
),
labelled AS (
  SELECT
    user_id,
    CASE
      WHEN saw_first + saw_second = 2 THEN 'Sponsored Products, Sponsored Display'
      WHEN saw_first = 1 THEN 'Sponsored Products'
      ELSE 'Sponsored Display'
    END AS exposure_group,
    purchases
  FROM people
)
SELECT
  exposure_group,
  COUNT(DISTINCT user_id) AS unique_reach,
  COUNT(DISTINCT CASE WHEN purchases > 0 THEN user_id END) AS users_that_purchased,
  SUM(COALESCE(purchases, 0)) AS purchases,
  COUNT(DISTINCT CASE WHEN purchases > 0 THEN user_id END) / NULLIF(COUNT(DISTINCT user_id), 0) AS purchase_rate
FROM labelled
WHERE user_id IS NOT NULL
GROUP BY exposure_group
