-- title: Impressions that could not be measured, by site
-- answers: On which sites can viewability not be measured?
SELECT
  site,
  SUM(unmeasurable_viewable_impressions) AS not_measured,
  SUM(measurable_impressions) AS measured,
  COUNT(DISTINCT user_id) AS people
FROM dsp_views
GROUP BY site
