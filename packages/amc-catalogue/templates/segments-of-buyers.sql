WITH members AS (
  SELECT DISTINCT user_id, segment_name
  FROM audience_segments_amer_inmarket
  WHERE user_id IS NOT NULL
),
buyers AS (
  SELECT DISTINCT user_id
  FROM conversions
  WHERE user_id IS NOT NULL
    AND event_subtype = 'order'
),
segments AS (
  SELECT
    m.segment_name,
    COUNT(DISTINCT m.user_id) AS members,
    COUNT(DISTINCT b.user_id) AS buyers
  FROM members m
  LEFT JOIN buyers b
    ON b.user_id = m.user_id
  WHERE m.user_id IS NOT NULL
  GROUP BY m.segment_name
),
everybody AS (
  SELECT
    COUNT(DISTINCT m.user_id) AS people,
    COUNT(DISTINCT b.user_id) AS buyers
  FROM members m
  LEFT JOIN buyers b
    ON b.user_id = m.user_id
  WHERE m.user_id IS NOT NULL
)
SELECT
  s.segment_name,
  s.members,
  s.buyers,
  s.buyers / NULLIF(e.buyers, 0) AS share_of_buyers,
  s.members / NULLIF(e.people, 0) AS share_of_all,
  100.0 * (s.buyers / NULLIF(e.buyers, 0)) / NULLIF(s.members / NULLIF(e.people, 0), 0) AS segment_index
FROM segments s
CROSS JOIN everybody e
WHERE s.buyers >= {{min_users}}
