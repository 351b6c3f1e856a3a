-- title: Members of in-market segments by branch of the taxonomy
-- answers: In which branches do the people of Japan stand?
SELECT
  named.category_level_2,
  COUNT(DISTINCT members.user_id) AS people
FROM audience_segments_apac_inmarket members
INNER JOIN segment_metadata named
  ON named.segment_id = members.segment_id
  AND named.segment_marketplace_id = members.segment_marketplace_id
WHERE members.segment_marketplace_id = 6
GROUP BY named.category_level_2
