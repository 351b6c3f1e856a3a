-- title: In-market segments of the people of DSP campaigns
-- answers: To which in-market segments do the people belong whom DSP reached?
WITH reached AS (
  SELECT DISTINCT user_id
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
)
SELECT
  members.segment_name,
  COUNT(DISTINCT members.user_id) AS people
FROM audience_segments_eu_inmarket members
INNER JOIN reached ON reached.user_id = members.user_id
WHERE members.segment_marketplace_id = 3
GROUP BY members.segment_name
