-- IN with pairs: from a query, and as a list.
SELECT campaign, line_item, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE (campaign, line_item) IN (SELECT campaign, line_item FROM dsp_clicks)
  AND (campaign, line_item) NOT IN (('a', 'b'), ('c', 'd'))
GROUP BY campaign, line_item
