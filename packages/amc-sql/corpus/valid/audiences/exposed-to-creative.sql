-- Who saw exactly this campaign, line item or creative.
-- use case: 97
-- declare: line_item_ids LONG[] = []
-- declare: creative_ids LONG[] = []
SELECT user_id FROM dsp_impressions_for_audiences
WHERE user_id IS NOT NULL AND (line_item_id IN ({{line_item_ids}}) OR creative_id IN ({{creative_ids}}))
UNION
SELECT user_id FROM sponsored_ads_traffic_for_audiences WHERE user_id IS NOT NULL AND impressions = 1
