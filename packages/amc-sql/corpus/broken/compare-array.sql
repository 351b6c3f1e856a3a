-- An array compared with a text.
-- expect: invalid 3:77-109 ARRAY
SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE user_behavior_segment_ids = '123' GROUP BY campaign
