-- Bought n days ago, where n is the usual repeat time.
-- use case: 101
-- declare: asins STRING[] = []
-- declare: min_days INTEGER = 5
-- declare: max_days INTEGER = 25
SELECT user_id
FROM conversions_for_audiences
WHERE user_id IS NOT NULL AND event_subtype = 'order' AND tracked_asin IN ({{asins}})
GROUP BY user_id
HAVING SECONDS_BETWEEN(MAX(event_dt_utc), CAST('2026-11-01' AS TIMESTAMP)) BETWEEN {{min_days}} * 86400 AND {{max_days}} * 86400
