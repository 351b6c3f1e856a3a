-- Statistics of a measure.
SELECT campaign, AVG(impressions) AS mean, MEDIAN(impressions) AS median_value, PERCENTILE(impressions, 0.9) AS p90, APPROX_PERCENTILE(impressions, .5) AS about_half,
  STDDEV(impressions) AS sd, STDDEV_POP(impressions) AS sd_pop, VARIANCE(impressions) AS var, VAR_POP(impressions) AS var_pop, SKEWNESS(impressions) AS skew, APPROX_COUNT_DISTINCT(user_id) AS about_users
FROM (SELECT campaign, user_id, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY campaign, user_id)
GROUP BY campaign
