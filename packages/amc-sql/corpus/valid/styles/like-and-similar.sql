-- Patterns: LIKE with ESCAPE, SIMILAR TO anywhere, anchored, ignoring case, and denied.
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE (campaign LIKE '%\_STV\_%' ESCAPE '\' OR campaign SIMILAR TO '(?i)(display|stv|video)' OR LOWER(campaign) LIKE '%brand%')
  AND campaign NOT SIMILAR TO '^[0-9]{3,}$' AND NOT campaign LIKE 'test%' AND campaign NOT LIKE '%old'
GROUP BY campaign
