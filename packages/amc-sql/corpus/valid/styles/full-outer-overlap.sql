-- FULL OUTER JOIN of two aggregated sides, keys coalesced, figures filled with 0.
SELECT COALESCE(i.campaign, c.campaign) AS campaign, COALESCE(i.impressions, 0) AS impressions, COALESCE(c.clicks, 0) AS clicks,
       COALESCE(c.clicks, 0) / NULLIF(i.impressions, 0) AS ctr
FROM (SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign) i
FULL OUTER JOIN (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign) c ON i.campaign = c.campaign
