-- Day parts and weekdays, 1 = Sunday.
-- use case: 86
WITH traffic AS (
  SELECT 'sponsored' AS side, campaign, event_hour AS hour_of_day, EXTRACT(DOW FROM event_date) AS day_of_week, user_id, impressions, spend / 100000000 AS ad_spend
  FROM sponsored_ads_traffic
  UNION ALL
  SELECT 'dsp', campaign, impression_hour, EXTRACT(DOW FROM impression_date), user_id, impressions, total_cost / 100000
  FROM dsp_impressions
)
SELECT side, campaign,
       CASE WHEN hour_of_day BETWEEN 0 AND 5 THEN '1 night' WHEN hour_of_day BETWEEN 6 AND 11 THEN '2 morning' WHEN hour_of_day BETWEEN 12 AND 17 THEN '3 afternoon' ELSE '4 evening' END AS day_part,
       CASE day_of_week WHEN 1 THEN '1 Sunday' WHEN 2 THEN '2 Monday' WHEN 3 THEN '3 Tuesday' WHEN 4 THEN '4 Wednesday' WHEN 5 THEN '5 Thursday' WHEN 6 THEN '6 Friday' WHEN 7 THEN '7 Saturday' END AS day_of_week,
       COUNT(DISTINCT user_id) AS unique_reach, SUM(impressions) AS impressions, SUM(ad_spend) AS ad_spend
FROM traffic
GROUP BY 1, 2, 3, 4
