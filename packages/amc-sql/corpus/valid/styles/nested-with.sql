-- WITH inside a WITH part and inside FROM.
WITH outer_part AS (
  WITH inner_part AS (SELECT campaign, user_id FROM dsp_clicks WHERE user_id IS NOT NULL)
  SELECT campaign, COUNT(DISTINCT user_id) AS users FROM inner_part GROUP BY campaign
)
SELECT users, COUNT(campaign) AS campaigns
FROM (WITH again AS (SELECT campaign, users FROM outer_part WHERE users > 1) SELECT campaign, users FROM again) AS q
GROUP BY users
