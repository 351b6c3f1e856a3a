-- Two faults far apart, each at its place.
-- expect: AMC009 5:3-9 campaign
-- expect: AMC010 7:3-6 SUM
SELECT
  campain,
  SUM(impressions) AS impressions,
  SUMM(total_cost) / 100000 AS cost
FROM dsp_impressions
GROUP BY 1
