-- UNION, UNION DISTINCT and UNION ALL with parentheses around branches.
(SELECT campaign, 'impressions' AS metric, SUM(impressions) AS n FROM dsp_impressions GROUP BY campaign)
UNION ALL
(SELECT campaign, 'clicks', SUM(clicks) FROM dsp_clicks GROUP BY campaign)
UNION DISTINCT
SELECT campaign, 'rows', COUNT(*) FROM sponsored_ads_traffic GROUP BY campaign
UNION
SELECT 'all', 'rows', COUNT(*) FROM dsp_views
