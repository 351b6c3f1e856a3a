-- IN compares one column with two.
-- expect: invalid 4:23-85 1 column
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE campaign_id IN (SELECT campaign_id, campaign FROM dsp_impressions GROUP BY 1, 2)
GROUP BY campaign
