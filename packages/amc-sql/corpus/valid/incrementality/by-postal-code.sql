-- A column of class HIGH in the output, never compared with a value.
-- use case: 76
SELECT iso_country_code, postal_code, SUM(impressions) AS impressions, COUNT(DISTINCT user_id) AS reach
FROM dsp_impressions
WHERE postal_code IS NOT NULL AND iso_country_code = 'US'
GROUP BY iso_country_code, postal_code
