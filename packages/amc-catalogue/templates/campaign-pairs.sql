WITH contacts AS (
  SELECT user_id, campaign_id_string, campaign
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{campaign_ids}})
  UNION
  SELECT user_id, campaign_id_string, campaign
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
    AND impressions > 0
    AND campaign_id_string IN ({{campaign_ids}})
),
reach AS (
  SELECT campaign_id_string, campaign, COUNT(DISTINCT user_id) AS reach
  FROM contacts
  WHERE user_id IS NOT NULL
  GROUP BY campaign_id_string, campaign
),
pairs AS (
  SELECT
    a.campaign_id_string AS id_a,
    b.campaign_id_string AS id_b,
    COUNT(DISTINCT a.user_id) AS overlap_users
  FROM contacts a
  INNER JOIN contacts b
    ON b.user_id = a.user_id
    AND b.campaign_id_string <> a.campaign_id_string
  WHERE a.user_id IS NOT NULL
  GROUP BY a.campaign_id_string, b.campaign_id_string
)
SELECT
  ra.campaign AS campaign_a,
  rb.campaign AS campaign_b,
  ra.reach AS reach_a,
  rb.reach AS reach_b,
  p.overlap_users,
  p.overlap_users / NULLIF(ra.reach, 0) AS overlap_share_of_a
FROM pairs p
INNER JOIN reach ra
  ON ra.campaign_id_string = p.id_a
INNER JOIN reach rb
  ON rb.campaign_id_string = p.id_b
WHERE p.overlap_users >= {{min_overlap_users}}
