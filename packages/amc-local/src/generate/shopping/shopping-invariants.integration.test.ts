import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestData, endDay, type BuiltData } from '../../testing/built-data.ts'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData({ families: ['shopping'] })
})
afterAll(() => data.close())

describe('conversions_all', () => {
  test('conversions is a subset, with the same person, item, action and time', async () => {
    expect(
      await data.rowsBreaking(
        'conversions c LEFT JOIN conversions_all a USING (conversion_id)',
        `a.user_id IS NOT DISTINCT FROM c.user_id AND a.tracked_item = c.tracked_item AND a.event_dt_utc = c.event_dt_utc
         AND a.event_subtype = c.event_subtype AND a.new_to_brand IS NOT DISTINCT FROM c.new_to_brand`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        '(SELECT conversion_id, count(*) AS n FROM conversions_all GROUP BY conversion_id)',
        'n = 1',
      ),
    ).toEqual([])
  })

  test('what stands in conversions is ad-exposed or from a pixel, everything else neither', async () => {
    expect(
      await data.rowsBreaking(
        'conversions_all a LEFT JOIN conversions c USING (conversion_id)',
        `a.exposure_type = CASE WHEN c.conversion_id IS NULL THEN 'non-ad-exposed' WHEN c.event_category = 'off-Amazon' THEN 'pixel' ELSE 'ad-exposed' END
         AND (a.event_category = 'pixel') = (a.exposure_type = 'pixel')`,
      ),
    ).toEqual([])
  })

  test('whoever is not exposed saw no ad of the brand in the 28 days before', async () => {
    const ads = `(
      SELECT user_id, advertiser, impression_dt_utc AS dt FROM dsp_impressions
      UNION ALL SELECT user_id, advertiser, event_dt_utc FROM sponsored_ads_traffic
      UNION ALL SELECT user_id, advertiser, event_dt_utc FROM amazon_live_traffic)`
    const brandOf = `(SELECT DISTINCT asin, asin_brand, currency_code FROM amazon_retail_purchases)`
    expect(
      await data.number(
        `SELECT count(*) FROM conversions_all c JOIN ${brandOf} b ON b.asin = c.tracked_item
         JOIN ${ads} ad ON ad.user_id = c.user_id AND starts_with(ad.advertiser, b.asin_brand)
           AND ad.dt <= c.event_dt_utc AND ad.dt >= c.event_dt_utc - INTERVAL 28 DAY
         WHERE c.exposure_type = 'non-ad-exposed'`,
      ),
    ).toBe(0)
  })

  test('per person and ASIN there are at least as many page views as carts, and carts as orders', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT user_id, tracked_item, count(*) FILTER (event_subtype = 'detailPageView') AS views, count(*) FILTER (event_subtype = 'shoppingCart') AS carts,
         count(*) FILTER (event_subtype = 'order') AS orders FROM conversions_all WHERE user_id IS NOT NULL AND tracked_item LIKE 'B0%'
         AND event_dt_utc < TIMESTAMP '${endDay}' GROUP BY ALL)`,
        'views >= carts AND carts >= orders',
      ),
    ).toEqual([])
  })

  test('both kinds of buyers are many, and some sell-through is without any ad', async () => {
    for (const exposure of ['ad-exposed', 'non-ad-exposed'])
      expect(
        await data.number(
          `SELECT count(DISTINCT user_id) FROM conversions_all WHERE event_subtype = 'order' AND exposure_type = '${exposure}'`,
        ),
      ).toBeGreaterThan(1000)
  })
})

describe('retail purchases', () => {
  test('orders of conversions_all are a subset, on the same item and second, of the same account', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM conversions_all WHERE event_subtype = 'order') o
         LEFT JOIN (SELECT asin AS tracked_asin, purchase_dt_utc AS event_dt_utc, list(user_id) AS accounts FROM amazon_retail_purchases GROUP BY ALL)
           USING (tracked_asin, event_dt_utc)
         LEFT JOIN (SELECT user_id, user_id_type FROM synthetic.store.people) USING (user_id)`,
        `CASE WHEN user_id IS NULL OR user_id_type <> 'adUserId' THEN accounts IS NOT NULL ELSE list_contains(accounts, user_id) END`,
      ),
    ).toEqual([])
  })

  test('they reach back 60 months, far beyond the ad tables', async () => {
    const [span] = await data.rows(
      `SELECT date_diff('month', min(purchase_date_utc), DATE '${endDay}')::INTEGER AS months,
         count(*) FILTER (purchase_date_utc < DATE '${endDay}' - INTERVAL 13 MONTH) / count(*) AS older FROM amazon_retail_purchases`,
    )
    expect(Number(span?.['months'])).toBeGreaterThanOrEqual(59)
    expect(Number(span?.['older'])).toBeGreaterThan(0.3)
  })

  test('they name accounts only', async () => {
    expect(await data.rowsBreaking('amazon_retail_purchases', `(user_id IS NULL) = (user_id_type IS NULL)`)).toEqual([])
    expect(await data.rows('SELECT DISTINCT user_id_type AS kind FROM amazon_retail_purchases ORDER BY 1')).toEqual([
      { kind: 'adUserId' },
      { kind: null },
    ])
    expect(
      await data.number(
        `SELECT count(*) FROM amazon_retail_purchases WHERE user_id IN (SELECT user_id FROM synthetic.store.people WHERE user_id_type <> 'adUserId')`,
      ),
    ).toBe(0)
  })

  test('an order is new to the brand exactly where twelve months hold no earlier one of the person', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT o.conversion_id, any_value(o.new_to_brand) AS new_to_brand, count(h.asin) AS earlier
          FROM conversions_all o JOIN amazon_retail_purchases p ON p.asin = o.tracked_asin AND p.purchase_dt_utc = o.event_dt_utc AND p.user_id = o.user_id
          LEFT JOIN amazon_retail_purchases h ON h.user_id = o.user_id AND h.asin_brand = p.asin_brand
            AND h.purchase_dt_utc < o.event_dt_utc AND h.purchase_dt_utc >= o.event_dt_utc - INTERVAL 12 MONTH
          WHERE o.event_subtype = 'order' GROUP BY o.conversion_id)`,
        'new_to_brand = (earlier = 0)',
      ),
    ).toEqual([])
  })

  test('a line has a key of its own, and an order may hold several lines of one person and second', async () => {
    expect(
      await data.rowsBreaking(
        '(SELECT event_id, count(*) AS n FROM amazon_retail_purchases GROUP BY event_id)',
        'n = 1',
      ),
    ).toEqual([])
    const orders = `(SELECT purchase_id, count(*) AS lines, count(DISTINCT purchase_dt_utc) AS times, count(DISTINCT user_id) AS people
      FROM amazon_retail_purchases GROUP BY purchase_id)`
    expect(await data.rowsBreaking(orders, 'times = 1 AND people <= 1 AND lines <= 2')).toEqual([])
    expect(await data.number(`SELECT count(*) FROM ${orders} WHERE lines = 2`)).toBeGreaterThan(1000)
  })

  test('stores sell in their currency, several stores occur, and grocery chains sell groceries only', async () => {
    const rows = await data.rows(
      'SELECT DISTINCT marketplace_name AS store, currency_code AS currency FROM amazon_retail_purchases ORDER BY 1',
    )
    expect(rows).toEqual([
      { store: 'AMAZON.CO.UK', currency: 'GBP' },
      { store: 'AMAZON.COM', currency: 'USD' },
      { store: 'AMAZON_CA', currency: 'CAD' },
      { store: 'AMAZON_FRESH_STORES_US', currency: 'USD' },
      { store: 'WHOLE_FOODS_MARKET_US', currency: 'USD' },
    ])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM amazon_retail_purchases WHERE marketplace_name LIKE '%\\_US' ESCAPE '\\')`,
        `asin_brand = 'Juniper Lane'`,
      ),
    ).toEqual([])
  })

  test('the parts of the time agree', async () => {
    expect(
      await data.rowsBreaking(
        'amazon_retail_purchases',
        `purchase_date_utc = purchase_dt_utc::DATE AND purchase_dt_hour_utc = date_trunc('hour', purchase_dt_utc)
         AND purchase_day_utc = dayofmonth(purchase_dt_utc) AND purchase_hour_utc = hour(purchase_dt_utc) AND purchase_month_utc = month(purchase_dt_utc)`,
      ),
    ).toEqual([])
  })

  test('some people buy again within weeks, most within a year or not at all', async () => {
    const again = await data.number(
      `SELECT count(DISTINCT user_id) FILTER (orders > 1) / count(DISTINCT user_id) FROM (
         SELECT user_id, asin_brand, count(DISTINCT purchase_id) AS orders FROM amazon_retail_purchases WHERE user_id IS NOT NULL GROUP BY ALL)`,
    )
    expect(again).toBeGreaterThan(0.2)
    expect(again).toBeLessThan(0.9)
  })
})
