-- Pairs of campaigns that reach the same people: a self-join of one WITH part.
-- use case: 14
WITH reached AS (
  SELECT DISTINCT user_id, campaign
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
),
sizes AS (
  SELECT campaign, COUNT(DISTINCT user_id) AS reach FROM reached GROUP BY campaign
),
pairs AS (
  SELECT a.campaign AS campaign_a, b.campaign AS campaign_b, COUNT(DISTINCT a.user_id) AS overlap_users
  FROM reached a
  JOIN reached b ON a.user_id = b.user_id AND a.campaign < b.campaign
  GROUP BY a.campaign, b.campaign
  HAVING COUNT(DISTINCT a.user_id) >= 10
)
SELECT
  p.campaign_a, p.campaign_b,
  sa.reach AS reach_a, sb.reach AS reach_b, p.overlap_users,
  p.overlap_users / NULLIF(sa.reach, 0) AS overlap_share_of_a,
  p.overlap_users / NULLIF(sb.reach, 0) AS overlap_share_of_b
FROM pairs p
JOIN sizes sa ON sa.campaign = p.campaign_a
JOIN sizes sb ON sb.campaign = p.campaign_b
