-- New and cumulative reach by week: a running sum over windows of a WITH part.
-- use case: 30
WITH weeks AS (
  SELECT DISTINCT user_id, campaign, DATE_TRUNC('WEEK', impression_dt_utc) AS week_start FROM dsp_impressions WHERE user_id IS NOT NULL
), firsts AS (
  SELECT user_id, campaign, MIN(week_start) AS first_week FROM weeks GROUP BY user_id, campaign
), weekly AS (
  SELECT campaign, week_start, COUNT(DISTINCT user_id) AS weekly_reach FROM weeks GROUP BY campaign, week_start
), fresh AS (
  SELECT campaign, first_week, COUNT(DISTINCT user_id) AS new_reach FROM firsts GROUP BY campaign, first_week
)
SELECT w.campaign, w.week_start, w.weekly_reach, COALESCE(f.new_reach, 0) AS new_reach,
       SUM(COALESCE(f.new_reach, 0)) OVER (PARTITION BY w.campaign ORDER BY w.week_start) AS cumulative_reach
FROM weekly w
LEFT JOIN fresh f ON f.campaign = w.campaign AND f.first_week = w.week_start
