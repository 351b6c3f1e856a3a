-- A seen impression has several rows; the marks of all of them are put together first.
WITH measured AS (
  SELECT
    impression_id,
    campaign,
    site,
    MAX(measurable_impressions) AS measurable,
    MAX(viewable_impressions) AS viewable
  FROM dsp_views
  WHERE campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY impression_id, campaign, site
)
SELECT
  campaign,
  site,
  SUM(measurable) AS measurable_impressions,
  SUM(viewable) AS viewable_impressions,
  SUM(measurable) - SUM(viewable) AS not_seen,
  SUM(viewable) / NULLIF(SUM(measurable), 0) AS viewability_rate
FROM measured
GROUP BY campaign, site
HAVING SUM(measurable) >= {{min_measured}}
