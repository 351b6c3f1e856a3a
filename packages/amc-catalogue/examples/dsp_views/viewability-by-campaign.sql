-- title: Viewability by campaign
-- answers: Which share of the measurable impressions of a campaign was seen?
SELECT
  campaign,
  SUM(measurable_impressions) AS measurable_impressions,
  SUM(viewable_impressions) AS viewable_impressions,
  SUM(viewable_impressions) / NULLIF(SUM(measurable_impressions), 0) AS viewable_share
FROM dsp_views
GROUP BY campaign
