WITH reached AS (
  SELECT
    campaign_id_string,
    campaign,
    COUNT(DISTINCT user_id) AS reach,
    SUM(total_cost) / 100000 AS cost -- millicents
  FROM dsp_impressions
  WHERE campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY campaign_id_string, campaign
),
searches AS (
  SELECT
    campaign_id_string,
    SUM(conversions) AS branded_searches,
    COUNT(DISTINCT user_id) AS people_who_searched
  FROM amazon_attributed_events_by_conversion_time
  WHERE ad_product_type IS NULL
    AND conversion_event_subtype = 'searchConversion'
    AND campaign_id_string IN ({{dsp_campaign_ids}})
  GROUP BY campaign_id_string
)
SELECT
  r.campaign,
  r.reach,
  COALESCE(s.branded_searches, 0) AS branded_searches,
  COALESCE(s.people_who_searched, 0) AS people_who_searched,
  1000 * COALESCE(s.branded_searches, 0) / NULLIF(r.reach, 0) AS searches_per_1000_people,
  r.cost / NULLIF(s.branded_searches, 0) AS cost_per_search
FROM reached r
LEFT JOIN searches s
  ON s.campaign_id_string = r.campaign_id_string
