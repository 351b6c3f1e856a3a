-- Comma joins of aggregated queries, the condition in WHERE.
SELECT a.campaign, a.impressions, b.clicks
FROM (SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign) a,
     (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign) b
WHERE a.campaign = b.campaign
