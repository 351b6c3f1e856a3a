WITH weekly AS (
  SELECT
    campaign,
    DATE_TRUNC('week', impression_dt_hour_utc) AS week_start,
    user_id,
    SUM(impressions) AS impressions,
    SUM(total_cost) / 100000 AS cost -- millicents
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY campaign, DATE_TRUNC('week', impression_dt_hour_utc), user_id
),
numbered AS (
  SELECT
    campaign,
    week_start,
    user_id,
    impressions,
    cost,
    ROW_NUMBER() OVER (PARTITION BY campaign, user_id ORDER BY week_start) AS week_of_person
  FROM weekly
),
weeks AS (
  SELECT
    campaign,
    week_start,
    COUNT(DISTINCT user_id) AS weekly_reach,
    SUM(CASE WHEN week_of_person = 1 THEN 1 ELSE 0 END) AS new_reach,
    SUM(impressions) AS impressions,
    SUM(cost) AS cost
  FROM numbered
  WHERE user_id IS NOT NULL
  GROUP BY campaign, week_start
)
SELECT
  campaign,
  week_start,
  weekly_reach,
  new_reach,
  SUM(new_reach) OVER (PARTITION BY campaign ORDER BY week_start) AS cumulative_reach,
  impressions / NULLIF(weekly_reach, 0) AS frequency,
  cost / NULLIF(new_reach, 0) AS cost_per_new_person
FROM weeks
