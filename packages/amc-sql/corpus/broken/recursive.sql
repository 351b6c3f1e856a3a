-- WITH RECURSIVE is not known.
-- expect: unsupported 3:6-14 WITH parts
WITH RECURSIVE c AS (SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign) SELECT campaign, clicks FROM c
