-- GROUP BY names the alias of an expression, also where a column has the same name.
SELECT UPPER(device_type) AS device_type, CASE WHEN is_amazon_owned THEN 'owned' ELSE 'other' END AS inventory, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY device_type, inventory
