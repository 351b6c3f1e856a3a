-- A text in a calculation is pointed out; what it holds may be a number.
-- expect: invalid 3:22-43 CONCAT
SELECT campaign, SUM(impressions + campaign) AS sums FROM dsp_impressions GROUP BY campaign
