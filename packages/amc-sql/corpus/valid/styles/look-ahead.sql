-- Java's look-ahead: the names that do not contain or begin with a word.
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE campaign SIMILAR TO '^((?!test).)*$' AND campaign SIMILAR TO '^(?!Old)(?=.*[a-z]).+'
GROUP BY campaign
