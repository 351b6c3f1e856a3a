-- A frame, which Amazon documents nowhere.
-- warns: unsupported
WITH daily AS (SELECT impression_date_utc AS d, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1)
SELECT d, AVG(impressions) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS moving_average FROM daily
