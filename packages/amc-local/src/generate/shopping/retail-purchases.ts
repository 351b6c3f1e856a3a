import { noTrackers, utcColumns } from '../columns.ts'
import type { ViewPlans } from '../view-plan.ts'

/** Retail knows accounts only: somebody whom ads know by a device or a browser has an account id that no ad table shows. */
const account = `CASE WHEN user_id_type = 'adUserId' THEN user_id WHEN user_id IS NOT NULL THEN (hash(user_id) >> 1)::BIGINT END`

/** Every order of conversions_all, also those that cannot be traced to a person. */
const recent = `SELECT conversion_no AS purchase_no, event_dt_utc AS purchase_dt_utc, ${account} AS user_id, product, units,
    purchase_unit_price AS unit_price, marketplace_name, purchase_retail_program
  FROM store.conversions_all JOIN base.store.products ON asin = tracked_asin
  WHERE event_subtype = 'order'`

/**
 * What was bought before the ad tables begin. A customer bought within the 270 days before and often earlier; some of the others
 * did so long ago that the twelve months of new_to_brand do not reach them.
 */
const earlier = `SELECT 12000000000 + person * 128 + advertiser_key * 16 + k AS purchase_no,
    date_trunc('second', start_dt - INTERVAL 1 HOUR - to_seconds((86400 * CASE
      WHEN NOT known THEN 400 + u(purchase_no, 121) * 1200 WHEN k = 0 THEN u(purchase_no, 121) * 260 ELSE 270 + u(purchase_no, 121) * 1450
    END)::BIGINT)) AS purchase_dt_utc,
    ${account} AS user_id, pick(products, u(purchase_no, 122)) AS product,
    1 + (u(purchase_no, 123) < 0.15)::BIGINT AS units, NULL::DECIMAL(38, 4) AS unit_price,
    CASE WHEN u(purchase_no, 124) < in_store THEN 'WHOLE_FOODS_MARKET_US' ELSE marketplace_name END AS marketplace_name,
    CASE WHEN u(purchase_no, 124) < in_store THEN 'Whole Foods Market' END AS purchase_retail_program
  FROM (SELECT *, is_customer(person, advertiser_key, customer_share) AS known FROM shoppers JOIN sellers USING (market)),
    (SELECT unnest(range(5)) AS k), bounds
  WHERE CASE WHEN known THEN k = 0 OR u(person * 16 + advertiser_key, 120) * 5 > k ELSE k = 0 AND u(person * 16 + advertiser_key, 120) < 0.12 END`

/** Some orders hold a second item of the brand: the lines of an order share its key. */
const purchases = `CREATE TABLE store.purchases AS
  WITH orders AS (${recent} UNION ALL ${earlier}),
  lines AS (
    SELECT 1 AS line, * FROM orders
    UNION ALL
    SELECT 2, o.* REPLACE (second.product AS product, 1 AS units, NULL AS unit_price)
    FROM orders o JOIN base.store.products first USING (product)
    JOIN base.store.products second ON second.product = o.product + 1 AND second.advertiser_key = first.advertiser_key
    WHERE u(purchase_no, 125) < 0.15
  )
  SELECT line, l.* REPLACE (coalesce(unit_price, round(price * (0.85 + 0.1 * u(purchase_no, 126)), 2))::DECIMAL(38, 4) AS unit_price)
  FROM lines l JOIN base.store.products USING (product), bounds
  WHERE purchase_dt_utc >= end_dt - INTERVAL 60 MONTH
  ORDER BY purchase_dt_utc, purchase_no, line`

/** The small table that names what was bought. */
const items = `CREATE TABLE store.items AS
  SELECT product, asin, title AS asin_name, asin_parent, brand AS asin_brand, currency AS currency_code, marketplace_id
  FROM base.store.products JOIN sellers USING (advertiser_key)`

export const retailStatements: readonly string[] = [purchases, items]

export const retailViews: ViewPlans = {
  amazon_retail_purchases: [
    {
      from: 'purchases',
      joins: { items: 'product' },
      expressions: {
        ...utcColumns('purchase'),
        purchase_month_utc: 'month(purchase_dt_utc)',
        purchase_id: `'pur' || hex(hash(purchase_no))`,
        event_id: `'rev' || hex(hash(purchase_no * 4 + line))`,
        is_business_flag: 'hash(purchase_no + 1) % 25 = 0',
        is_gift_flag: 'hash(purchase_no + 2) % 16 = 0',
        no_3p_trackers: noTrackers,
        origin_session_id: `'ses' || hex(hash(purchase_no * 2))`,
        purchase_session_id: `'ses' || hex(hash(purchase_no * 2 + (hash(purchase_no) % 3 = 0)::INTEGER))`,
        purchase_order_method: `['S', 'S', 'S', 'B', '1'][1 + (hash(purchase_no + 3) % 5)::INTEGER]`,
        purchase_order_type: `CASE WHEN hash(purchase_no + 4) % 5 < 4 THEN 'Prime' ELSE 'NON-PRIME' END`,
        purchase_program_name: `coalesce(purchase_retail_program, 'Amazon.com')`,
        purchase_units_sold: 'units',
        user_id_type: `CASE WHEN user_id IS NOT NULL THEN 'adUserId' END`,
      },
    },
  ],
}
