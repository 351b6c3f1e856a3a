-- title: Buyers whom DSP reached
-- answers: How many buyers had seen an ad of each DSP campaign?
WITH reached AS (
  SELECT campaign, user_id, MIN(impression_dt_hour_utc) AS first_seen
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY campaign, user_id
),
buyers AS (
  SELECT user_id, MAX(event_dt_hour_utc) AS last_order, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE event_subtype = 'order' AND user_id IS NOT NULL
  GROUP BY user_id
)
SELECT
  reached.campaign,
  COUNT(DISTINCT buyers.user_id) AS buyers,
  SUM(buyers.sales) AS sales_of_buyers
FROM reached
INNER JOIN buyers ON buyers.user_id = reached.user_id AND buyers.last_order >= reached.first_seen
GROUP BY reached.campaign
