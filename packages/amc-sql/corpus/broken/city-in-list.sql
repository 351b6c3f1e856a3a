-- A column of class HIGH in a list.
-- expect: AMC006 3:77-110 city_name
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE city_name IN ('Seattle', 'Austin') GROUP BY campaign
