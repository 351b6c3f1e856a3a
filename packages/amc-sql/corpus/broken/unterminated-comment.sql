-- The comment is not closed.
-- expect: lexical 3:40-41 */
SELECT campaign, SUM(clicks) AS clicks /* all of them
FROM dsp_clicks
GROUP BY campaign
