-- Two queries in one text.
-- expect: syntax 3:73-73 one statement
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign;
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign
