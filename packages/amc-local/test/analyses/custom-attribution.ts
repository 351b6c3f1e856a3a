import type { Analyses } from './analysis.ts'

/** Every touch of the two sides of advertising, and the orders of October with the touches of the 28 days before each. */
const touchesAndOrders = `
      WITH touches AS (
        SELECT user_id, campaign_id_string, campaign, impression_dt_utc AS touch_dt
        FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D')) WHERE user_id IS NOT NULL
        UNION ALL
        SELECT user_id, campaign_id_string, campaign, event_dt_utc AS touch_dt
        FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P28D', 'P0D')) WHERE user_id IS NOT NULL
      ), orders AS (
        SELECT conversion_id, campaign_id_string, user_id, event_dt_utc AS order_dt, MAX(total_product_sales) AS sales,
               MAX(total_units_sold) AS units
        FROM conversions_with_relevance
        WHERE user_id IS NOT NULL AND event_category = 'purchase' GROUP BY conversion_id, campaign_id_string, user_id, event_dt_utc
      ), joined AS (
        SELECT o.conversion_id, o.user_id, t.campaign_id_string, t.campaign, t.touch_dt, o.sales, o.units
        FROM orders o INNER JOIN touches t ON o.user_id = t.user_id AND o.campaign_id_string = t.campaign_id_string
        WHERE t.touch_dt <= o.order_dt AND SECONDS_BETWEEN(t.touch_dt, o.order_dt) <= 28 * 24 * 60 * 60
      )`

const walks = `
      WITH touches AS (
        SELECT user_id, campaign_id_string AS id, campaign, impression_dt_utc AS t FROM synthetic.dsp_impressions
        WHERE impression_dt_utc >= '2026-09-03'
        UNION ALL SELECT user_id, campaign_id_string, campaign, event_dt_utc FROM synthetic.sponsored_ads_traffic
          WHERE event_dt_utc >= '2026-09-03'),
      orders AS (SELECT DISTINCT conversion_id AS c, campaign_id_string AS id, user_id, event_dt_utc AS ordered, total_product_sales AS v,
        total_units_sold AS n
        FROM conversions_with_relevance WHERE event_subtype = 'order'),
      walks AS (
        SELECT c, any_value(user_id) AS user_id, any_value(v) AS v, any_value(n) AS n,
               list({'t': t, 'campaign': campaign} ORDER BY t, id) AS l
        FROM orders JOIN touches USING (user_id, id) WHERE ordered >= t AND ordered <= t + INTERVAL '28 days' GROUP BY c)`

export const customAttribution: Analyses = {
  'First touch': {
    amc: `${touchesAndOrders}, ranked AS (
        SELECT conversion_id, user_id, campaign, sales, units, ROW_NUMBER() OVER (PARTITION BY conversion_id ORDER BY touch_dt ASC,
               campaign_id_string) AS touch_rank FROM joined
      )
      SELECT 'First touch' AS attribution_model, campaign, COUNT(DISTINCT user_id) AS users_that_converted,
             COUNT(DISTINCT conversion_id) AS conversions,
             SUM(units) AS total_units_sold, SUM(sales) AS total_product_sales
      FROM ranked WHERE touch_rank = 1
      GROUP BY attribution_model, campaign`,
    duckdb: `${walks}
      SELECT 'First touch' AS attribution_model, l[1].campaign AS campaign, count(DISTINCT user_id) AS users_that_converted,
             count(*) AS conversions, sum(n) AS total_units_sold, sum(v) AS total_product_sales
      FROM walks GROUP BY 1, 2`,
  },

  'Last touch': {
    amc: `${touchesAndOrders}, ranked AS (
        SELECT conversion_id, user_id, campaign, sales, units, RANK() OVER (PARTITION BY conversion_id ORDER BY touch_dt DESC,
               campaign_id_string DESC) AS touch_rank FROM joined
      ), last_touches AS (
        SELECT DISTINCT conversion_id, user_id, campaign, sales, units FROM ranked WHERE touch_rank <= 1
      )
      SELECT campaign, COUNT(DISTINCT user_id) AS users_that_converted, COUNT(DISTINCT conversion_id) AS conversions,
             SUM(units) AS total_units_sold, SUM(sales) AS total_product_sales
      FROM last_touches GROUP BY campaign`,
    duckdb: `${walks}
      SELECT l[len(l)].campaign AS campaign, count(DISTINCT user_id) AS users_that_converted, count(*) AS conversions,
             sum(n) AS total_units_sold, sum(v) AS total_product_sales
      FROM walks GROUP BY 1`,
  },

  Linear: {
    amc: `${touchesAndOrders}, counted AS (
        SELECT conversion_id, campaign, sales, COUNT(campaign) OVER (PARTITION BY conversion_id) AS touches FROM joined
      )
      SELECT campaign, SUM(1 / touches) AS conversions, SUM(sales / touches) AS total_product_sales FROM counted GROUP BY campaign`,
    duckdb: `${walks}
      SELECT touch.campaign AS campaign, sum(share) AS conversions, sum(v * share) AS total_product_sales
      FROM (SELECT unnest(l) AS touch, 1 / len(l) AS share, v::DOUBLE AS v FROM walks) GROUP BY 1`,
  },

  'Position based': {
    amc: `${touchesAndOrders}, numbered AS (
        SELECT conversion_id, campaign, sales,
               ROW_NUMBER() OVER (PARTITION BY conversion_id ORDER BY touch_dt, campaign_id_string) AS n,
               COUNT(campaign) OVER (PARTITION BY conversion_id) AS touches
        FROM joined
      ), weighted AS (
        SELECT campaign, sales,
               CASE
                 WHEN touches = 1 THEN 1
                 WHEN touches = 2 THEN 0.5
                 WHEN n IN (1, touches) THEN CUSTOM_PARAMETER('end_weight')
                 ELSE (1 - 2 * CUSTOM_PARAMETER('end_weight')) / (touches - 2)
               END AS weight
        FROM numbered
      )
      SELECT campaign, SUM(weight) AS conversions, SUM(weight * sales) AS total_product_sales FROM weighted GROUP BY campaign`,
    duckdb: `${walks},
      shares AS (SELECT v::DOUBLE AS v, unnest(l) AS touch, generate_subscripts(l, 1) AS i, len(l) AS n FROM walks)
      SELECT touch.campaign AS campaign, sum(w) AS conversions, sum(w * v) AS total_product_sales
      FROM (SELECT touch, v, CASE n WHEN 1 THEN 1.0 WHEN 2 THEN 0.5 ELSE CASE WHEN i > 1 AND i < n THEN 0.2 / (n - 2)
        ELSE 0.4 END END::DOUBLE AS w FROM shares) GROUP BY 1`,
    customParameters: [{ name: 'end_weight', dataType: 'DOUBLE', columnType: 'METRIC', defaultValue: 0.4 }],
  },

  'Different conversion window: three days beside fourteen': {
    amc: `
      SELECT advertiser, campaign, traffic_event_subtype,
             SUM(IF(SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc) <= 3 * 86400, total_purchases,
               0)) AS purchases_in_window,
             SUM(total_purchases) AS purchases_14d,
             SUM(CASE WHEN SECONDS_BETWEEN(traffic_event_dt_utc,
               conversion_event_dt_utc) <= 3 * 86400 THEN total_product_sales END) AS total_product_sales_in_window,
             MIN(conversion_event_date_utc) AS first_day, MAX(conversion_event_date_utc) AS last_day
      FROM amazon_attributed_events_by_traffic_time
      GROUP BY advertiser, campaign, traffic_event_subtype
      HAVING SUM(total_purchases) > 0`,
    duckdb: `
      WITH pairs AS (SELECT *, conversion_event_subtype = 'order' AS buys,
        conversion_event_dt_utc <= traffic_event_dt_utc + INTERVAL 3 DAY AS soon
        FROM synthetic.amazon_attributed_events_by_traffic_time WHERE traffic_event_dt_utc BETWEEN '2026-10-01'
          AND '2026-10-31 23:59:59.999')
      SELECT advertiser, campaign, CASE WHEN clicks = 1 THEN 'AD_CLICK' ELSE 'AD_IMP' END AS traffic_event_subtype,
             count(*) FILTER (buys AND soon) AS purchases_in_window,
             count(*) FILTER (buys) AS purchases_14d, sum(total_product_sales) FILTER (soon) AS total_product_sales_in_window,
             min(conversion_event_dt_utc)::DATE AS first_day, max(conversion_event_dt_utc)::DATE AS last_day
      FROM pairs GROUP BY 1, 2, 3 HAVING bool_or(buys)`,
  },
}
