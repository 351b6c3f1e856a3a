-- title: Viewability by slot position
-- answers: How much more often are ads above the fold seen?
SELECT
  slot_position,
  ad_slot_size,
  SUM(measurable_impressions) AS measurable_impressions,
  SUM(viewable_impressions) / NULLIF(SUM(measurable_impressions), 0) AS viewable_share
FROM dsp_views
GROUP BY slot_position, ad_slot_size
