/** Queries of many shapes, written for the tests of the editor's functions; each is valid for `amcTables`. */
export const editingQueries: readonly string[] = [
  `SELECT campaign, SUM(impressions) AS shown, SUM(total_cost) / 100000.0 AS cost
FROM dsp_impressions
WHERE user_id IS NOT NULL AND device_type IN ('TV', 'Phone')
GROUP BY campaign
HAVING SUM(impressions) > 10`,
  `-- reach by frequency
WITH per_user AS (
  SELECT i.user_id AS person, i.campaign AS camp, SUM(i.impressions) AS frequency
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D')) i
  WHERE i.user_id IS NOT NULL AND i.campaign LIKE '%{{word}}%'
  GROUP BY i.user_id, i.campaign
),
buckets AS (
  SELECT person, camp, CASE WHEN frequency > 10 THEN '11+' ELSE CAST(frequency AS VARCHAR) END AS bucket
  FROM per_user
)
SELECT b.camp, b.bucket, COUNT(DISTINCT b.person) AS users
FROM buckets b
GROUP BY b.camp, b.bucket`,
  `WITH wanted (campaign_id_string) AS (VALUES ('a'), ('b')), clicked AS (
  SELECT c.user_id, c.campaign_id_string, COUNT(c.request_tag) AS n
  FROM dsp_clicks c JOIN wanted USING (campaign_id_string)
  GROUP BY c.user_id, c.campaign_id_string
)
SELECT clicked.campaign_id_string, SUM(clicked.n) AS clicks, COUNT(DISTINCT clicked.user_id) AS users
FROM clicked
GROUP BY clicked.campaign_id_string`,
  `WITH traffic AS (
  SELECT 'DSP' AS product, campaign AS name, user_id, impressions FROM dsp_impressions
  UNION ALL
  SELECT ad_product_type AS product, campaign AS name, user_id, impressions FROM sponsored_ads_traffic
)
SELECT product, name, SUM(impressions) AS impressions, COUNT(DISTINCT user_id) AS users
FROM traffic
GROUP BY product, name`,
  `SELECT campaign, n FROM (
  SELECT campaign, n, RANK() OVER w AS place
  FROM (SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY campaign) totals
  WINDOW w AS (ORDER BY n DESC)
) ranked
WHERE place <= {{most}}`,
  `WITH seen AS (SELECT DISTINCT user_id FROM dsp_impressions WHERE campaign = {{campaign}})
SELECT ad_product_type, SUM(total_purchases) AS purchases
FROM amazon_attributed_events_by_traffic_time
WHERE user_id IN (SELECT user_id FROM seen) AND traffic_event_dt_utc >= BUILT_IN_PARAMETER('TIME_WINDOW_START')
GROUP BY 1`,
  `select i.campaign as c, count(distinct v.user_id) as viewers
from dsp_impressions i left join dsp_views v on i.request_tag = v.impression_id and v.event_type = 'VIEW'
group by i.campaign order by viewers desc`,
]
