-- Who buys without seeing an ad.
-- use case: 104
SELECT user_id FROM conversions_all_for_audiences
WHERE exposure_type = 'non-ad-exposed' AND event_subtype = 'order' AND user_id IS NOT NULL GROUP BY 1
