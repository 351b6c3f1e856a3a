-- Values of other rows, which Amazon documents nowhere.
-- warns: AMC010
WITH daily AS (SELECT impression_date_utc AS d, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1)
SELECT d, impressions, impressions - LAG(impressions, 1, 0) OVER (ORDER BY d) AS change, LEAD(impressions) OVER (ORDER BY d) AS next_day,
       FIRST_VALUE(impressions) OVER (ORDER BY d) AS first_day, PERCENT_RANK() OVER (ORDER BY impressions) AS share
FROM daily
