import { conversionId, utcColumns } from '../columns.ts'
import { combinedSales, eventName, productSales, typeClass, typeDescription } from '../base/conversion-views.ts'
import type { ViewPlans } from '../view-plan.ts'

/** Numbers of conversions without an ad begin behind all that ads can lead to. */
const firstNumber = 8_000_000_000n

/**
 * Visits without an ad end as those after an ad do: every cart has its page view and every order its cart. A person with an order
 * after an ad orders nothing of that brand without one, so that new_to_brand of both agrees.
 */
const steps = `CREATE TEMP TABLE organic AS
  WITH timed AS (
    SELECT *, visit_dt + to_seconds((40 + 900 * u(visit_no, 105))::BIGINT) AS cart_dt, u(visit_no, 106) < 0.45 AS has_cart,
      has_cart AND u(visit_no, 107) < 0.6 AND buys_after_ads IS NULL AS has_order
    FROM visits
    LEFT JOIN (
      SELECT DISTINCT user_id, advertiser_key, true AS buys_after_ads FROM base.store.conversion_events
      WHERE event_subtype = 'order' AND user_id IS NOT NULL
    ) USING (user_id, advertiser_key)
  )
  SELECT ${firstNumber} + visit_no * 4 AS conversion_no, visit_dt AS event_dt_utc, 'detailPageView' AS event_subtype, * FROM timed
  UNION ALL
  SELECT ${firstNumber} + visit_no * 4 + 1, cart_dt, 'shoppingCart', * FROM timed WHERE has_cart
  UNION ALL
  SELECT ${firstNumber} + visit_no * 4 + 2, cart_dt + to_seconds((60 + 3000 * u(visit_no, 108))::BIGINT), 'order', * FROM timed WHERE has_order
  UNION ALL
  SELECT ${firstNumber} + visit_no * 4 + 3, cart_dt + to_seconds(4000), 'snsSubscription', * FROM timed WHERE has_order AND u(visit_no, 109) < 0.1`

const conversions = `CREATE TABLE store.conversions_all AS
  SELECT c.* EXCLUDE (event_category, origin_touch_no, origin_campaign_key, item), marketplace_id,
    CASE event_category WHEN 'off-Amazon' THEN 'pixel' ELSE event_category END AS event_category,
    CASE event_category WHEN 'off-Amazon' THEN 'pixel' ELSE 'ad-exposed' END AS exposure_type
  FROM base.store.conversion_events c
  LEFT JOIN (SELECT advertiser_key, marketplace_id FROM sellers) USING (advertiser_key)
  UNION ALL BY NAME
  SELECT conversion_no, event_dt_utc, o.advertiser_key, user_id, user_id_type, event_subtype,
    asin AS tracked_item,
    CASE WHEN is_order THEN asin END AS tracked_asin,
    CASE WHEN is_order THEN price END AS purchase_unit_price,
    is_order::BIGINT AS units,
    CASE WHEN is_order THEN nth = 1 AND NOT is_customer(person, o.advertiser_key, customer_share) END AS new_to_brand,
    CASE WHEN is_order AND u(conversion_no, 110) < in_store THEN 'WHOLE_FOODS_MARKET_US' ELSE marketplace_name END AS marketplace_name,
    CASE WHEN is_order THEN currency END AS purchase_currency,
    marketplace_id,
    CASE WHEN is_order THEN 'purchase' ELSE 'website' END AS event_category,
    'non-ad-exposed' AS exposure_type
  FROM (
    SELECT *, event_subtype = 'order' AS is_order,
      row_number() OVER (PARTITION BY user_id, advertiser_key, event_subtype = 'order' ORDER BY event_dt_utc, conversion_no) AS nth
    FROM organic, bounds WHERE event_dt_utc < end_dt
  ) o
  JOIN base.store.products p ON p.product = o.product
  ORDER BY event_dt_utc, conversion_no`

export const conversionsAllStatements: readonly string[] = [steps, conversions]

export const conversionsAllViews: ViewPlans = {
  conversions_all: [
    {
      from: 'conversions_all',
      expressions: {
        ...utcColumns('event'),
        combined_sales: combinedSales,
        conversion_event_name: eventName,
        conversion_event_source: 'conversion_event_source_name',
        conversion_id: conversionId,
        conversions: '1',
        // Amazon documents no values for it; ours are invented.
        event_source: `CASE exposure_type WHEN 'pixel' THEN 'SITE' ELSE 'RETAIL' END`,
        event_type: `'CONVERSION'`,
        event_type_class: typeClass,
        event_type_description: typeDescription,
        sns_subscription_id: `CASE event_subtype WHEN 'snsSubscription' THEN 'sns' || hex(hash(conversion_no)) END`,
        total_product_sales: productSales,
        total_units_sold: 'units',
      },
    },
  ],
}
