-- A missing comma, a function of another dialect and a typing slip.
-- expect: syntax 7:5-7 comma
-- expect: AMC010 8:5-12 DATEDIFF
-- expect: syntax 13:1-5 GROUP
WITH a AS (
  SELECT SUM(impressions)
    MAX(campaign) AS campaign,
    DATEDIFF('day', impression_dt_utc, CURRENT_TIMESTAMP) AS age
  FROM dsp_impressions
)
SELECT campaign, COUNT(*) AS n
FROM a
GROPU BY campaign
