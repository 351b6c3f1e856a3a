-- Where store visitors come from.
-- use case: 66
WITH views AS (
  SELECT ingress_type, referrer_domain, COUNT(DISTINCT visit_id) AS visits, COUNT(visit_id) AS page_views, AVG(dwell_time) AS average_dwell_seconds
  FROM amazon_brand_store_page_views
  GROUP BY ingress_type, referrer_domain
), engagement AS (
  SELECT ingress_type, referrer_domain, SUM(CASE WHEN event_type = 'CLICK' THEN 1 ELSE 0 END) AS clicks
  FROM amazon_brand_store_engagement_events
  GROUP BY ingress_type, referrer_domain
)
SELECT CASE v.ingress_type WHEN '0' THEN 'default' WHEN '1' THEN 'search' WHEN '2' THEN 'byline' WHEN '4' THEN 'ads' ELSE 'other' END AS ingress,
       v.referrer_domain, SUM(v.visits) AS visits, SUM(v.page_views) AS page_views, MAX(v.average_dwell_seconds) AS average_dwell_seconds, SUM(e.clicks) AS clicks
FROM views v
LEFT JOIN engagement e ON e.ingress_type = v.ingress_type AND e.referrer_domain = v.referrer_domain
GROUP BY 1, 2
