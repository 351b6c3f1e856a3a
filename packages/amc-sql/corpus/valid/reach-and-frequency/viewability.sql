-- Which share of the impressions could be seen, by site.
-- use case: 32
SELECT campaign, site,
       SUM(measurable_impressions) AS measurable_impressions,
       SUM(viewable_impressions) AS viewable_impressions,
       SUM(viewable_impressions) / NULLIF(SUM(measurable_impressions), 0) AS viewability_rate
FROM dsp_views
GROUP BY campaign, site
HAVING SUM(measurable_impressions) >= 100
