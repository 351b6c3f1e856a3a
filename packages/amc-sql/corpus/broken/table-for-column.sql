-- The dot behind a table is a comma.
-- expect: AMC009 3:8-8 write c.
SELECT c, campaign, SUM(c.clicks) AS clicks FROM dsp_clicks c GROUP BY c.campaign
