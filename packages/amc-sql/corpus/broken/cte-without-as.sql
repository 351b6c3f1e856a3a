-- A WITH part without AS.
-- expect: syntax 3:8-8 AS
WITH a (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign)
SELECT campaign, clicks FROM a
