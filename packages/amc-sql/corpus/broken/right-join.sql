-- A join that AMC does not have.
-- expect: AMC007 9:3-12 right
WITH u AS (
  SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id
)
SELECT COUNT(DISTINCT c.user_id) AS users
FROM u
-- Rows of the right side only
  RIGHT JOIN conversions c ON c.user_id = u.user_id AND c.user_id IS NOT NULL
