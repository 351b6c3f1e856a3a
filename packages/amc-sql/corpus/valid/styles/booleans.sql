-- Booleans as conditions, compared with words, texts and numbers, summed and grouped.
SELECT new_to_brand,
  SUM(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS a, SUM(CASE WHEN new_to_brand = TRUE THEN 1 ELSE 0 END) AS b, SUM(CASE WHEN new_to_brand = 'true' THEN 1 ELSE 0 END) AS c,
  SUM(CASE WHEN new_to_brand = 1 THEN 1 ELSE 0 END) AS d, SUM(CASE WHEN new_to_brand IS NOT TRUE THEN 1 ELSE 0 END) AS e, SUM(IF(NOT new_to_brand, 1, 0)) AS f,
  SUM(CAST(new_to_brand AS TINYINT)) AS g, MAX(CASE new_to_brand WHEN FALSE THEN 'existing' ELSE 'new' END) AS h
FROM conversions
GROUP BY new_to_brand
