-- A column of class HIGH compared with a text.
-- expect: AMC006 3:77-100 postal_code
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE postal_code = 'US-10001' GROUP BY campaign
