-- VALUES with rows, without parentheses, in FROM, with NULL, and as a branch.
WITH pairs (k, label) AS (VALUES ('TV', 'screen'), ('Phone', NULL)),
plain (k) AS (VALUES 'PC', 'Tablet'),
listed AS (SELECT v.k, v.label FROM (VALUES ('ConnectedDevice', 'box')) AS v (k, label)),
everything AS (
  SELECT k, label FROM pairs UNION ALL SELECT k, 'other' FROM plain UNION ALL SELECT k, label FROM listed UNION ALL VALUES ('Unknown', 'none')
)
SELECT COALESCE(e.label, 'handheld') AS label, SUM(i.impressions) AS impressions
FROM dsp_impressions i
INNER JOIN everything e ON e.k = i.device_type
GROUP BY COALESCE(e.label, 'handheld')
