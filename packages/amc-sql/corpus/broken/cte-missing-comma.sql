-- No comma between two WITH parts.
-- expect: syntax 4:1-1 comma
WITH a AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
b AS (SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign)
SELECT a.campaign, a.clicks, b.impressions FROM a JOIN b ON a.campaign = b.campaign
