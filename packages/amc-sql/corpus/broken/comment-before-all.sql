-- A comment that is never closed swallows the whole query.
-- expect: lexical 3:1-2 */
/* Clicks by campaign
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign
