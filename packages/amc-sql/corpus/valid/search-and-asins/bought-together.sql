-- Which two products end up with the same person, with lift.
-- use case: 58
WITH purchases AS (
  SELECT DISTINCT user_id, tracked_asin
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND tracked_asin IS NOT NULL AND total_purchases > 0
),
asins AS (SELECT tracked_asin, COUNT(DISTINCT user_id) AS buyers FROM purchases GROUP BY tracked_asin),
everyone AS (SELECT COUNT(DISTINCT user_id) AS people FROM purchases),
pairs AS (
  SELECT a.tracked_asin AS lead_asin, b.tracked_asin AS overlap_asin, COUNT(DISTINCT a.user_id) AS overlap_users
  FROM purchases a INNER JOIN purchases b ON b.user_id = a.user_id
  WHERE a.tracked_asin <> b.tracked_asin
  GROUP BY a.tracked_asin, b.tracked_asin
)
SELECT p.lead_asin, x.buyers AS lead_asin_users, p.overlap_asin, p.overlap_users,
       p.overlap_users / NULLIF(x.buyers, 0) AS user_overlap,
       (p.overlap_users * e.people) / NULLIF(x.buyers * y.buyers, 0) AS lift
FROM pairs p
INNER JOIN asins x ON x.tracked_asin = p.lead_asin
INNER JOIN asins y ON y.tracked_asin = p.overlap_asin
CROSS JOIN everyone e
