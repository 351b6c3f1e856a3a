-- People whom only the new campaign reached, and who was first where both did.
-- use case: 13
-- declare: focus_campaign_ids STRING[] = ["1"]
-- declare: base_campaign_ids STRING[] = ["2","3"]
-- rows: none
WITH focus AS (
  SELECT user_id, MIN(impression_dt_utc) AS first_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL AND campaign_id_string IN ({{focus_campaign_ids}})
  GROUP BY user_id
), base AS (
  SELECT user_id, MIN(impression_dt_utc) AS first_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL AND campaign_id_string IN ({{base_campaign_ids}})
  GROUP BY user_id
), labelled AS (
  SELECT f.user_id,
         CASE WHEN b.user_id IS NULL THEN 'focus only'
              WHEN f.first_dt <= b.first_dt THEN 'focus first'
              ELSE 'base first' END AS exposure_timing_group
  FROM focus f LEFT OUTER JOIN base b ON b.user_id = f.user_id
), grouped AS (
  SELECT exposure_timing_group, COUNT(DISTINCT user_id) AS campaign_group_reach
  FROM labelled GROUP BY exposure_timing_group
), total AS (
  SELECT COUNT(DISTINCT user_id) AS focus_campaign_reach FROM focus
)
SELECT exposure_timing_group, campaign_group_reach, focus_campaign_reach,
       100.0 * campaign_group_reach / NULLIF(focus_campaign_reach, 0) AS reach_perc
FROM grouped CROSS JOIN total
