-- Bought before and not lately.
-- use case: 100
SELECT b.user_id
FROM (SELECT user_id, MAX(event_date_utc) AS last_day FROM conversions_for_audiences WHERE event_subtype = 'order' AND user_id IS NOT NULL GROUP BY user_id) b
WHERE b.last_day < CAST('2026-10-10' AS DATE)
