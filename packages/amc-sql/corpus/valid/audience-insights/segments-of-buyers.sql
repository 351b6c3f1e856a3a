-- Segments that are over-represented among buyers.
-- use case: 44
WITH buyers AS (
  SELECT DISTINCT user_id FROM conversions WHERE user_id IS NOT NULL AND event_subtype = 'order'
),
everyone AS (
  SELECT segment_id, segment_name, COUNT(DISTINCT s.user_id) AS people, COUNT(DISTINCT b.user_id) AS buyers
  FROM audience_segments_amer_inmarket s
  LEFT JOIN buyers b ON b.user_id = s.user_id
  WHERE s.user_id IS NOT NULL
  GROUP BY segment_id, segment_name
),
totals AS (
  SELECT COUNT(DISTINCT s.user_id) AS people, COUNT(DISTINCT b.user_id) AS buyers
  FROM audience_segments_amer_inmarket s LEFT JOIN buyers b ON b.user_id = s.user_id
  WHERE s.user_id IS NOT NULL
)
SELECT e.segment_id, e.segment_name, e.buyers,
       e.buyers / NULLIF(t.buyers, 0) AS share_of_buyers,
       e.people / NULLIF(t.people, 0) AS share_of_all,
       100 * (e.buyers / NULLIF(t.buyers, 0)) / NULLIF(e.people / NULLIF(t.people, 0), 0) AS segment_index
FROM everyone e CROSS JOIN totals t
WHERE e.buyers >= 100
