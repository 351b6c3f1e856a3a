-- Ids as numbers in VALUES, joined with a LONG column.
-- rows: none
WITH campaigns (campaign_id, tactic) AS (VALUES (580000000000000001, 'awareness'), (580000000000000002, 'retargeting'))
SELECT c.tactic, COUNT(DISTINCT i.user_id) AS reach
FROM dsp_impressions i INNER JOIN campaigns c ON c.campaign_id = i.campaign_id
GROUP BY c.tactic
