-- title: Impressions by weekday and hour
-- answers: When during the week do the ads run, in the time of the advertiser?
SELECT
  EXTRACT(DOW FROM impression_date) AS weekday_from_sunday,
  impression_hour,
  SUM(impressions) AS impressions,
  COUNT(DISTINCT user_id) AS people
FROM dsp_impressions
GROUP BY 1, impression_hour
