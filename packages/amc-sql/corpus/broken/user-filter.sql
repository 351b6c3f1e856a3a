-- One person looked for.
-- expect: AMC006 3:77-94 user_id
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_id = 'abc123' GROUP BY campaign
