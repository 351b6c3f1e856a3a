-- The same by a tag in the campaign name; the tags are a parameter of rows.
-- use case: 39
-- declare: tag_patterns STRING[] = ["(?i)brand", "(?i)display"]
WITH tags (pattern) AS (VALUES {{tag_patterns}}),
campaigns AS (
  SELECT campaign FROM amazon_attributed_events_by_conversion_time GROUP BY campaign
),
tagged AS (
  SELECT c.campaign, MIN(REPLACE(t.pattern, '(?i)', '')) AS campaign_type
  FROM campaigns c JOIN tags t ON c.campaign SIMILAR TO t.pattern
  GROUP BY c.campaign
)
SELECT COALESCE(t.campaign_type, 'other') AS campaign_type,
       FLOOR(SECONDS_BETWEEN(a.traffic_event_dt_utc, a.conversion_event_dt_utc) / 86400) AS days,
       SUM(a.total_purchases) AS total_brand_purchases
FROM amazon_attributed_events_by_conversion_time a
LEFT JOIN tagged t ON t.campaign = a.campaign
WHERE a.total_purchases > 0
GROUP BY 1, 2
