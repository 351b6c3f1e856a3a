-- LISTAGG with its own order.
-- expect: AMC010 4:20-26 ARRAY_TO_STRING
-- expect: unsupported 4:43-54 ARRAY_TO_STRING
SELECT advertiser, LISTAGG(campaign, ',') WITHIN GROUP (ORDER BY campaign) AS campaigns FROM dsp_clicks GROUP BY advertiser
