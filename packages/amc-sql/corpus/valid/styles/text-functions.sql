-- Text functions in all their forms.
SELECT
  SUBSTRING(campaign, 1, 3) AS s1, SUBSTRING(campaign, 4) AS s2, SUBSTRING(campaign FROM 2) AS s3, SUBSTRING(campaign FROM 2 FOR 3) AS s4,
  TRIM(campaign) AS t1, TRIM(BOTH ' ' FROM campaign) AS t2, TRIM(LEADING 'D' FROM campaign) AS t3, LTRIM(RTRIM(campaign)) AS t4,
  POSITION('a' IN campaign) AS p1, INSTR(campaign, 'a') AS p2, STRPOS(campaign, 'a') AS p3, CHARINDEX('a', campaign) AS p4, LOCATE('a', campaign, 3) AS p5,
  UPPER(LEFT(campaign, 1)) || LOWER(SUBSTRING(campaign, 2)) AS capital, LENGTH(campaign) AS len, RIGHT(campaign, 2) AS tail,
  REPLACE(REPLACE(campaign, ' ', '_'), '-', '_') AS slug, CONCAT(campaign, ' / ', COALESCE(device_type, 'n/a'), ' ', COUNT(*)) AS label,
  REGEXP_REPLACE(campaign, '([A-Za-z]+) .*', '$1') AS first_word, REGEXP_SUBSTR(campaign, '[0-9]+') AS digits, CARDINALITY(REGEXP_SPLIT(campaign, ' ')) AS words
FROM dsp_impressions
GROUP BY campaign, device_type
