-- DISTINCT(x) is DISTINCT, the parentheses change nothing.
WITH clickers AS (SELECT DISTINCT(user_id) AS person, campaign FROM dsp_clicks WHERE user_id IS NOT NULL)
SELECT campaign, COUNT(DISTINCT(person)) AS people FROM clickers GROUP BY campaign
