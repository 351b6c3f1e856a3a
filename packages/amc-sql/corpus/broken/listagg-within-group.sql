-- LISTAGG with its own order.
-- expect: AMC010 3:20-26 ARRAY_TO_STRING
SELECT advertiser, LISTAGG(campaign, ',') WITHIN GROUP (ORDER BY campaign) AS campaigns FROM dsp_clicks GROUP BY advertiser
