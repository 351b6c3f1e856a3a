-- Parameters of the workflow: a list that is empty when unset, a date, a number, a text as metadata.
-- custom: campaign_ids STRING[] = []
-- custom: since DATE = "2026-10-05"
-- custom: least LONG = 5
-- custom: label STRING = "weekly"
SELECT custom_parameter('label') AS report_label, campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE (ARRAY_CONTAINS(CUSTOM_PARAMETER('campaign_ids'), campaign_id_string) OR CARDINALITY(CUSTOM_PARAMETER('campaign_ids')) = 0)
  AND CAST(campaign_start_date AS DATE) < CUSTOM_PARAMETER('since')
GROUP BY campaign
HAVING SUM(impressions) >= CUSTOM_PARAMETER('least')
