-- BY with another letter.
-- expect: syntax 5:7-8 BY
SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BU campaign
