-- Event rows one by one in the second branch.
-- expect: AMC005 5:8-23 one by one
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, clicks FROM dsp_clicks
