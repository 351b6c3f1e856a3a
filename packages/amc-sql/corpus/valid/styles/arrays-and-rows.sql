-- Arrays: literals, functions, rows, nesting, and exploding beside other columns.
WITH per_user AS (
  SELECT user_id, COLLECT(campaign) AS seen, COLLECT(DISTINCT NAMED_ROW('device', device_type, 'owned', is_amazon_owned)) AS places, COLLECT(user_behavior_segment_ids) AS segment_lists
  FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id
),
derived AS (
  SELECT user_id, ARRAY_DISTINCT(seen) AS once, ARRAY_UNION(seen, ARRAY['direct']) AS with_direct, ARRAY_INTERSECT(seen, ARRAY['a', 'b']) AS of_two,
         ARRAY_COMPLEMENT(seen, ARRAY['a']) AS without_a, ARRAY_REMOVE(seen, 'b') AS without_b, ARRAY_CAT(seen, seen) AS twice,
         CARDINALITY(places) AS how_many_places, ARRAY_SORT(places) AS places, CARDINALITY(FLATTEN(segment_lists)) AS segments
  FROM per_user
),
exploded AS (
  SELECT user_id, how_many_places, EXPLODE(once) AS campaign, ARRAY_TO_STRING(with_direct, '|') AS all_of_them, segments FROM derived
)
SELECT campaign, how_many_places, COUNT(DISTINCT user_id) AS users, MAX(LENGTH(all_of_them)) AS longest, SUM(segments) AS segments
FROM exploded
WHERE NOT ARRAY_CONTAINS(ARRAY['x', 'y'], campaign)
GROUP BY campaign, how_many_places
