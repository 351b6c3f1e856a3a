WITH buyers AS (
  SELECT DISTINCT user_id
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND tracked_asin IN ({{bought_asins}})
),
owners AS (
  SELECT DISTINCT user_id
  FROM conversions_for_audiences
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
    AND tracked_asin IN ({{not_bought_asins}})
)
SELECT b.user_id
FROM buyers b
LEFT JOIN owners o
  ON o.user_id = b.user_id
WHERE b.user_id IS NOT NULL
  AND o.user_id IS NULL
