-- Texts meet numbers and times in comparisons, lists and arithmetic.
-- warns: AMC023, invalid
SELECT campaign, SUM(impressions) + 0.0 AS f, SUM(impressions) || ' impressions' AS t, MAX(campaign_id_string) + 1 AS next_id
FROM dsp_impressions
WHERE campaign_id <> '5' AND campaign_id_string <> 5 AND campaign_id NOT IN ('1', 2) AND impression_date_utc > '2026-10-02' AND impression_hour_utc >= '0'
GROUP BY campaign
