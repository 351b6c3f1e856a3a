-- LATERAL is not known.
-- expect: unsupported 3:58-64 join
SELECT i.campaign, COUNT(*) AS n FROM dsp_impressions i, LATERAL (SELECT 1 AS x) t GROUP BY i.campaign
