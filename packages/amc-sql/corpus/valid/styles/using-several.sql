-- USING with two columns, which need no qualifier afterwards.
SELECT campaign_id, campaign, impressions, clicks
FROM (SELECT campaign_id, campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1, 2) AS i
LEFT JOIN (SELECT campaign_id, campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1, 2) AS c
USING (campaign_id, campaign)
