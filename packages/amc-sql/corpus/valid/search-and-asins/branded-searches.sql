-- Do display and TV make people search for the brand; the grain is a choice.
-- use case: 56
-- declare: granularity STRING = "week"
WITH searches AS (
  SELECT campaign, DATE_TRUNC({{granularity}}, conversion_event_dt_utc) AS period,
         REPLACE(tracked_item, 'keyword#', '') AS keyword, SUM(conversions) AS number_of_branded_searches
  FROM amazon_attributed_events_by_conversion_time
  WHERE tracked_item SIMILAR TO '^keyword' AND ad_product_type IS NULL
  GROUP BY 1, 2, 3
), impressions AS (
  SELECT campaign, DATE_TRUNC({{granularity}}, impression_dt_utc) AS period, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS impression_cost
  FROM dsp_impressions GROUP BY 1, 2
)
SELECT i.campaign, i.period, s.keyword, s.number_of_branded_searches, i.impressions, i.impression_cost,
       s.number_of_branded_searches / NULLIF(i.impressions, 0) AS branded_search_rate,
       i.impression_cost / NULLIF(s.number_of_branded_searches, 0) AS cost_per_branded_search
FROM impressions i
LEFT JOIN searches s ON s.campaign = i.campaign AND s.period = i.period
