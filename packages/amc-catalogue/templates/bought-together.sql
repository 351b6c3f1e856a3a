WITH bought AS (
  SELECT DISTINCT user_id, tracked_asin
  FROM conversions
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND tracked_asin IN ({{asins}})
),
products AS (
  SELECT tracked_asin, COUNT(DISTINCT user_id) AS users
  FROM bought
  WHERE user_id IS NOT NULL
  GROUP BY tracked_asin
),
everybody AS (
  SELECT COUNT(DISTINCT user_id) AS users
  FROM bought
  WHERE user_id IS NOT NULL
),
pairs AS (
  SELECT
    a.tracked_asin AS lead_asin,
    b.tracked_asin AS overlap_asin,
    COUNT(DISTINCT a.user_id) AS overlap_users
  FROM bought a
  INNER JOIN bought b
    ON b.user_id = a.user_id
    AND b.tracked_asin <> a.tracked_asin
  WHERE a.user_id IS NOT NULL
  GROUP BY a.tracked_asin, b.tracked_asin
)
SELECT
  p.lead_asin,
  p.overlap_asin,
  l.users AS lead_users,
  p.overlap_users,
  p.overlap_users / NULLIF(l.users, 0) AS share_of_lead,
  (p.overlap_users / NULLIF(l.users, 0)) / NULLIF(o.users / NULLIF(e.users, 0), 0) AS lift
FROM pairs p
INNER JOIN products l
  ON l.tracked_asin = p.lead_asin
INNER JOIN products o
  ON o.tracked_asin = p.overlap_asin
CROSS JOIN everybody e
WHERE p.overlap_users >= {{min_users}}
