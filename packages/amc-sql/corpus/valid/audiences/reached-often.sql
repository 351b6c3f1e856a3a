-- Seen more than n times, to exclude.
-- use case: 95
-- declare: min_impressions INTEGER = 10
SELECT user_id FROM dsp_impressions_for_audiences WHERE user_id IS NOT NULL GROUP BY user_id HAVING SUM(impressions) > {{min_impressions}};
