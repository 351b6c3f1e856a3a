-- Event rows one by one.
-- expect: AMC005 3:8-28 one by one
SELECT campaign, impressions FROM dsp_impressions
