-- The same over labels, which a VALUES table of regular expressions gives.
-- use case: 18
WITH labels (pattern, label) AS (
  VALUES ('(?i)(stv|ott|streaming)', 'TV'), ('(?i)(display|retarget)', 'Display'), ('(?i)olv', 'Video')
),
labelled AS (
  SELECT DISTINCT c.campaign, l.label
  FROM (SELECT campaign FROM dsp_impressions GROUP BY campaign) c
  JOIN labels l ON c.campaign SIMILAR TO l.pattern
),
touches AS (
  SELECT i.user_id, l.label, MIN(i.impression_dt_utc) AS first_dt, SUM(i.impressions) AS impressions
  FROM dsp_impressions i
  JOIN labelled l ON i.campaign = l.campaign
  WHERE i.user_id IS NOT NULL
  GROUP BY i.user_id, l.label
  UNION ALL
  SELECT user_id, 'Search' AS label, MIN(event_dt_utc) AS first_dt, SUM(impressions) AS impressions
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND ad_product_type IN ('sponsored_products', 'sponsored_brands')
  GROUP BY user_id
),
ordered AS (
  SELECT user_id, label, impressions, RANK() OVER (PARTITION BY user_id ORDER BY first_dt) AS step
  FROM touches
),
paths AS (
  SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT NAMED_ROW('step', step, 'label', label))) AS path, SUM(impressions) AS impressions
  FROM ordered
  WHERE step <= 5
  GROUP BY user_id
)
SELECT path, COUNT(DISTINCT user_id) AS path_occurrences, SUM(impressions) AS impressions
FROM paths
GROUP BY path
