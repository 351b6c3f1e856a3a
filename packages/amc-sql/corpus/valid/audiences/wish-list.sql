-- On a list or a registry.
-- use case: 94
-- rows: none
SELECT user_id FROM conversions_all_for_audiences
WHERE event_subtype IN ('wishList', 'babyRegistry', 'weddingRegistry') AND user_id IS NOT NULL
GROUP BY user_id
