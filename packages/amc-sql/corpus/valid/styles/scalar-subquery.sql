-- A query as a value, which Amazon documents nowhere.
-- warns: unsupported
SELECT campaign, SUM(impressions) AS impressions, (SELECT SUM(impressions) FROM dsp_impressions) AS all_impressions
FROM dsp_impressions
GROUP BY campaign
