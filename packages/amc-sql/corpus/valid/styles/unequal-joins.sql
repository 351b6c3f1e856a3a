-- Joins by ranges and by expressions.
WITH buckets (bucket, low, high) AS (VALUES ('1', 1, 1), ('2-5', 2, 5), ('6+', 6, 1000000)),
users AS (SELECT user_id, SUM(impressions) AS n FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id)
SELECT b.bucket, COUNT(DISTINCT u.user_id) AS people
FROM users u JOIN buckets b ON u.n BETWEEN b.low AND b.high
GROUP BY b.bucket
