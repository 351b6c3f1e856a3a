-- A dash of a word processor before a comment.
-- expect: lexical 3:41-42 --
SELECT campaign, SUM(clicks) AS clicks  –– total
FROM dsp_clicks
GROUP BY campaign
