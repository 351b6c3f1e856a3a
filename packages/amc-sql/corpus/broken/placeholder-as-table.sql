-- A parameter holds values only.
-- expect: placeholder 3:45-60 name of the table
SELECT campaign, SUM(clicks) AS clicks FROM {{source_table}} GROUP BY campaign
