-- Columns without a name, in WITH parts and in the output.
WITH t AS (SELECT campaign, COUNT(DISTINCT user_id) FROM dsp_impressions GROUP BY campaign)
SELECT campaign, COUNT(*), MAX('x') FROM t GROUP BY campaign
