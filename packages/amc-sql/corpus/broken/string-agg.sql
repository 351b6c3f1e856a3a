-- STRING_AGG is not known.
-- expect: AMC010 3:20-29 ARRAY_TO_STRING(COLLECT
SELECT advertiser, STRING_AGG(campaign, ', ') AS campaigns FROM dsp_clicks GROUP BY advertiser
