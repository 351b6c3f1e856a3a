-- One item a line, and no commas: the second line names the first.
-- expect: missing-comma 6:3-11 comma
-- expect: syntax 7:3-5 comma
SELECT
  campaign
  line_item
  SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY 1, 2
