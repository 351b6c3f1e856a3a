-- title: Cost by line item
-- answers: What did each line item cost, and what did a thousand impressions cost?
SELECT
  campaign,
  line_item,
  SUM(impressions) AS impressions,
  SUM(total_cost) / 100000 AS cost,
  1000 * SUM(total_cost) / 100000 / NULLIF(SUM(impressions), 0) AS cost_per_thousand
FROM dsp_impressions
GROUP BY campaign, line_item
