WITH people AS (
  SELECT
    user_id,
    MAX(CASE WHEN creative_category = 'Video' AND device_type IN ('TV', 'ConnectedDevice') THEN 1 ELSE 0 END) AS saw_tv,
    MIN(impression_dt_utc) AS first_seen_dt
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY user_id
),
-- A search stands in this table once for each campaign that it is relevant to.
searches AS (
  SELECT conversion_id, user_id, MAX(event_dt_utc) AS search_dt
  FROM conversions_with_relevance
  WHERE user_id IS NOT NULL
    AND event_subtype = 'searchConversion'
  GROUP BY conversion_id, user_id
),
afterwards AS (
  SELECT
    p.user_id,
    p.saw_tv,
    COUNT(DISTINCT s.conversion_id) AS searches
  FROM people p
  LEFT JOIN searches s
    ON s.user_id = p.user_id
    AND s.search_dt >= p.first_seen_dt
    AND SECONDS_BETWEEN(p.first_seen_dt, s.search_dt) <= {{days_after}} * 86400
  WHERE p.user_id IS NOT NULL
  GROUP BY p.user_id, p.saw_tv
)
SELECT
  CASE WHEN saw_tv = 1 THEN 'Streaming TV' ELSE 'Other DSP ads' END AS met_by,
  COUNT(DISTINCT user_id) AS people,
  SUM(searches) AS branded_searches,
  COUNT(DISTINCT CASE WHEN searches > 0 THEN user_id END) AS searchers,
  1000 * SUM(searches) / NULLIF(COUNT(DISTINCT user_id), 0) AS searches_per_1000_people
FROM afterwards
WHERE user_id IS NOT NULL
GROUP BY CASE WHEN saw_tv = 1 THEN 'Streaming TV' ELSE 'Other DSP ads' END
