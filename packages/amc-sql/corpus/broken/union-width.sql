-- A branch with a column less.
-- expect: AMC014 5:1-72 2 columns
SELECT campaign, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
