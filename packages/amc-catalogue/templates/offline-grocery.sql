WITH reached AS (
  SELECT DISTINCT user_id, campaign
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
),
sizes AS (
  SELECT campaign, COUNT(DISTINCT user_id) AS people
  FROM reached
  WHERE user_id IS NOT NULL
  GROUP BY campaign
),
bought AS (
  SELECT
    user_id,
    brand,
    COUNT(DISTINCT household_purchase_id) AS baskets,
    SUM(purchase_quantity) AS quantity,
    SUM(purchase_dollar_amount) AS sales
  FROM ncs_cpg_insights_stream
  WHERE user_id IS NOT NULL
  GROUP BY user_id, brand
),
results AS (
  SELECT
    r.campaign,
    b.brand,
    COUNT(DISTINCT b.user_id) AS buyers,
    SUM(b.baskets) AS baskets,
    SUM(b.quantity) AS quantity,
    SUM(b.sales) AS sales
  FROM reached r
  INNER JOIN bought b
    ON b.user_id = r.user_id
  WHERE r.user_id IS NOT NULL
  GROUP BY r.campaign, b.brand
)
SELECT
  r.campaign,
  r.brand,
  r.buyers,
  r.baskets,
  r.quantity,
  r.sales,
  r.buyers / NULLIF(s.people, 0) AS buyer_rate
FROM results r
INNER JOIN sizes s
  ON s.campaign = r.campaign
