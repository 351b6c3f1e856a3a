-- Impressions have no clicks; the alias of the same item does not help.
-- expect: AMC009 3:22-27 dsp_impressions has no column clicks
SELECT campaign, SUM(clicks) AS clicks FROM dsp_impressions GROUP BY campaign
