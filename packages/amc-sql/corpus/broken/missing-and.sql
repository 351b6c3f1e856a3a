-- Two conditions without AND between them.
-- expect: syntax 6:3-9 AND
SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign IS NOT NULL
  user_id IS NOT NULL
GROUP BY campaign
