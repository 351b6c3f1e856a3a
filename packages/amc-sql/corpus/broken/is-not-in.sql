-- IS before NOT IN.
-- expect: syntax 3:81-82 NOT IN
SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks WHERE campaign IS  NOT   IN ('a', 'b') GROUP BY campaign
