-- title: Click-through rate by campaign
-- answers: Which share of the impressions of a campaign is clicked?
WITH events AS (
  SELECT campaign, impressions, 0 AS clicks FROM dsp_impressions
  UNION ALL
  SELECT campaign, 0 AS impressions, clicks FROM dsp_clicks
)
SELECT
  campaign,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_through_rate
FROM events
GROUP BY campaign
