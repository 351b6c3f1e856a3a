-- Two columns grow together: the second would be an alias of the first.
-- expect: syntax 4:3-5 comma
SELECT campaign_id
  SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign_id
