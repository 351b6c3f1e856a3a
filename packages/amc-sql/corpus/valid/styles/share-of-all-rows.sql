-- All rows counted beside each row, and a computed value collected.
-- warns: AMC018
WITH per_device AS (
  SELECT device_type, SUM(impressions) AS impressions, COLLECT(DISTINCT UPPER(campaign)) AS campaigns
  FROM dsp_impressions
  GROUP BY device_type
)
SELECT device_type, impressions, CARDINALITY(campaigns) AS campaigns, COUNT(*) OVER () AS devices
FROM per_device
