import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestData, type BuiltData } from '../../testing/built-data.ts'

const attributed = 'amazon_attributed_events_by_conversion_time'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData()
})
afterAll(() => data.close())

describe('conversions', () => {
  test('a conversion stands once in conversions, and in both conversion tables', async () => {
    expect(
      await data.rowsBreaking('(SELECT conversion_id, count(*) AS n FROM conversions GROUP BY conversion_id)', 'n = 1'),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT DISTINCT conversion_id, true AS plain FROM conversions)
       FULL JOIN (SELECT DISTINCT conversion_id, true AS relevant FROM conversions_with_relevance) USING (conversion_id)`,
        'plain AND relevant',
      ),
    ).toEqual([])
    const rows = await data.number('SELECT count(*) / count(DISTINCT conversion_id) FROM conversions_with_relevance')
    expect(rows, 'some conversions are relevant to several campaigns').toBeGreaterThan(1.2)
  })

  test('the ASIN is named for purchases only, and then is the tracked item', async () => {
    expect(
      await data.rowsBreaking(
        'conversions',
        `(tracked_asin IS NOT NULL) = (event_category = 'purchase') AND coalesce(tracked_asin = tracked_item, true)`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM conversions WHERE event_subtype = 'searchConversion')`,
        `tracked_item LIKE 'keyword#%'`,
      ),
    ).toEqual([])
    expect(await data.rowsBreaking('conversions', `new_to_brand IS NULL = (event_category <> 'purchase')`)).toEqual([])
  })

  test('the vocabulary of events fits together', async () => {
    expect(await data.rowsBreaking('conversions', `event_type = 'CONVERSION' AND conversions = 1`)).toEqual([])
    expect(await data.rowsBreaking('conversions', `(event_category = 'purchase') = (event_subtype = 'order')`)).toEqual(
      [],
    )
    expect(
      await data.rowsBreaking('conversions', `(event_category = 'off-Amazon') = (event_subtype SIMILAR TO '[0-9]+')`),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        'conversions',
        `(conversion_event_source_name IS NOT NULL) = (event_category = 'off-Amazon')`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM conversions WHERE event_subtype = 'detailPageView')`,
        `event_type_class = 'consideration' AND event_type_description = 'Product detail page viewed'`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM conversions WHERE event_subtype = 'searchConversion')`,
        'event_type_class IS NULL AND event_type_description IS NULL',
      ),
    ).toEqual([])
  })

  test('sales are units times price, and combined sales add the off-Amazon ones', async () => {
    expect(
      await data.rowsBreaking(
        'conversions',
        'total_product_sales = coalesce(total_units_sold * purchase_unit_price, 0)',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        'conversions',
        'combined_sales = total_product_sales + coalesce(off_amazon_product_sales, 0)',
      ),
    ).toEqual([])
    expect(await data.number('SELECT max(total_units_sold) FROM conversions')).toBeGreaterThan(1)
  })

  test('per person and ASIN there are at least as many page views as carts, and carts as orders', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT user_id, tracked_item, count(*) FILTER (event_subtype = 'detailPageView') AS views, count(*) FILTER (event_subtype = 'shoppingCart') AS carts,
         count(*) FILTER (event_subtype = 'order') AS orders FROM conversions WHERE user_id IS NOT NULL AND tracked_item LIKE 'B0%' GROUP BY ALL)`,
        'views >= carts AND carts >= orders',
      ),
    ).toEqual([])
  })

  test('the first order of a person is the only one that is new to the brand', async () => {
    const brand = 'substr(tracked_asin, 1, 6)'
    expect(
      await data.rowsBreaking(
        `(SELECT user_id, ${brand} AS brand, count(*) FILTER (new_to_brand) AS firsts,
         min(event_dt_utc) FILTER (new_to_brand) AS first_dt, min(event_dt_utc) AS earliest
        FROM conversions WHERE event_subtype = 'order' AND user_id IS NOT NULL GROUP BY ALL)`,
        'firsts <= 1 AND coalesce(first_dt = earliest, true)',
      ),
    ).toEqual([])
    const share = await data.number(
      `SELECT count(*) FILTER (new_to_brand) / count(*) FROM conversions WHERE event_subtype = 'order'`,
    )
    expect(share).toBeGreaterThan(0.3)
    expect(share).toBeLessThan(0.7)
  })

  test('every conversion with a person follows an ad event of the 28 days before', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT c.conversion_id, count(t.dt) AS touches FROM conversions c
        LEFT JOIN (
          SELECT user_id, impression_dt_utc AS dt FROM dsp_impressions
          UNION ALL SELECT user_id, event_dt_utc FROM sponsored_ads_traffic
          UNION ALL SELECT user_id, event_dt_utc FROM amazon_live_traffic
        ) t ON t.user_id = c.user_id AND t.dt <= c.event_dt_utc AND t.dt >= c.event_dt_utc - INTERVAL 28 DAY
        WHERE c.user_id IS NOT NULL GROUP BY c.conversion_id)`,
        'touches > 0',
      ),
    ).toEqual([])
  })

  test('scope and halo code go together, and an ASIN is promoted for one campaign and halo for another', async () => {
    expect(
      await data.rowsBreaking(
        'conversions_with_relevance',
        `CASE engagement_scope
         WHEN 'PROMOTED' THEN halo_code IS NULL OR halo_code IN ('TRACKED_ASIN', 'VARIATIONAL_ASIN', 'BRAND_KEYWORD', 'CATEGORY_KEYWORD')
         ELSE halo_code IN ('BRAND_MARKETPLACE', 'BRAND_GL_PRODUCT', 'BRAND_CATEGORY', 'BRAND_SUBCATEGORY') END`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM conversions_with_relevance WHERE event_category = 'off-Amazon')`,
        `engagement_scope = 'PROMOTED' AND halo_code IS NULL`,
      ),
    ).toEqual([])
    expect(
      await data.number(
        `SELECT count(*) FROM (SELECT tracked_item FROM conversions_with_relevance GROUP BY tracked_item HAVING count(DISTINCT engagement_scope) = 2)`,
      ),
    ).toBeGreaterThan(0)
  })

  test('campaign_id serves DSP campaigns only, campaign_id_string all of them', async () => {
    expect(
      await data.rowsBreaking(
        'conversions_with_relevance',
        `campaign_id_string IS NOT NULL AND (campaign_id IS NULL) = (campaign_id_string LIKE 'A0%')`,
      ),
    ).toEqual([])
  })
})

describe('attribution', () => {
  test('both attributed tables hold the same pairs', async () => {
    const content = (table: string) =>
      data.rows(`SELECT count(*)::INTEGER AS n, sum(hash(t))::VARCHAR AS content FROM ${table} t`)
    expect(await content('amazon_attributed_events_by_traffic_time')).toEqual(await content(attributed))
  })

  test('the ad event comes before its conversion, by 14 days at most', async () => {
    expect(
      await data.rowsBreaking(
        attributed,
        'traffic_event_dt_utc <= conversion_event_dt_utc AND traffic_event_dt_utc > conversion_event_dt_utc - INTERVAL 14 DAY',
      ),
    ).toEqual([])
  })

  test('every attributed conversion is one of the conversions, and none is credited twice', async () => {
    const key = 'user_id, tracked_item, conversion_event_dt_utc, conversion_event_subtype'
    expect(
      await data.rowsBreaking(
        `(SELECT ${key}, count(*) AS credits FROM ${attributed} GROUP BY ALL) a
       LEFT JOIN (SELECT user_id, tracked_item, event_dt_utc, event_subtype, count(*) AS events FROM conversions GROUP BY ALL) c
         ON c.user_id IS NOT DISTINCT FROM a.user_id AND c.tracked_item = a.tracked_item AND c.event_dt_utc = a.conversion_event_dt_utc
         AND c.event_subtype = a.conversion_event_subtype`,
        'credits <= events',
      ),
    ).toEqual([])
  })

  test('attributed purchases are at most the orders among the conversions, and most of them', async () => {
    const attributedOrders = await data.number(`SELECT sum(total_purchases) FROM ${attributed}`)
    const orders = await data.number(`SELECT count(*) FROM conversions WHERE event_subtype = 'order'`)
    expect(attributedOrders).toBeLessThanOrEqual(orders)
    expect(attributedOrders).toBeGreaterThan(orders * 0.6)
  })

  test('the credited event is in the traffic, of the same person and at the same time', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE request_tag IS NOT NULL AND impressions = 1) a LEFT JOIN dsp_impressions i USING (request_tag)`,
        'i.user_id = a.user_id AND i.impression_dt_utc = a.traffic_event_dt_utc AND i.campaign_id_string = a.campaign_id_string AND i.creative_id = a.creative_id',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE request_tag IS NOT NULL AND clicks = 1) a LEFT JOIN dsp_clicks i USING (request_tag)`,
        'i.user_id = a.user_id AND i.click_dt_utc = a.traffic_event_dt_utc',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE traffic_event_id IS NOT NULL AND ad_product_type <> 'amazon_live') a
        LEFT JOIN sponsored_ads_traffic t ON t.event_id = a.traffic_event_id`,
        't.user_id = a.user_id AND t.event_dt_utc = a.traffic_event_dt_utc AND t.clicks = a.clicks AND t.campaign = a.campaign',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE traffic_event_id IS NOT NULL AND ad_product_type = 'amazon_live') a
        LEFT JOIN amazon_live_traffic t ON t.event_id = a.traffic_event_id`,
        't.user_id = a.user_id AND t.event_dt_utc = a.traffic_event_dt_utc AND t.clicks = a.clicks AND t.advertiser = a.advertiser',
      ),
    ).toEqual([])
  })

  test('views are credited only when they were seen', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE request_tag IS NOT NULL AND impressions = 1) a
       LEFT JOIN (SELECT DISTINCT impression_id, true AS seen FROM dsp_views WHERE event_type IN ('VIEW', 'SYNTHETIC_VIEW')) v
         ON v.impression_id = a.request_tag`,
        'seen',
      ),
    ).toEqual([])
  })

  test('a click on the promoted item goes before every view', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT a.* FROM ${attributed} a
        JOIN dsp_clicks c ON c.user_id = a.user_id AND c.campaign_id = a.campaign_id
          AND c.click_dt_utc <= a.conversion_event_dt_utc AND c.click_dt_utc > a.conversion_event_dt_utc - INTERVAL 14 DAY
        WHERE a.detail_page_view = 1 AND a.ad_product_type IS NULL)`,
        'clicks = 1',
      ),
    ).toEqual([])
  })

  test('of two clicks on the same campaign the last gets the credit', async () => {
    const click = 'user_id, campaign, event_dt_utc FROM sponsored_ads_traffic WHERE clicks = 1'
    expect(
      await data.rowsBreaking(
        `(SELECT a.traffic_event_dt_utc, max(c.event_dt_utc) AS latest FROM ${attributed} a
        JOIN (SELECT ${click}) c ON c.user_id = a.user_id AND c.campaign = a.campaign AND c.event_dt_utc <= a.conversion_event_dt_utc
        WHERE a.clicks = 1 AND a.ad_product_type = 'sponsored_products' GROUP BY ALL)`,
        'latest >= traffic_event_dt_utc',
      ),
    ).toEqual([])
    expect(
      await data.number(
        `SELECT count(*) FROM ${attributed} a JOIN (SELECT ${click}) c ON c.user_id = a.user_id AND c.campaign = a.campaign
         WHERE a.clicks = 1 AND a.ad_product_type = 'sponsored_products'
           AND c.event_dt_utc > a.traffic_event_dt_utc AND c.event_dt_utc <= a.conversion_event_dt_utc`,
      ),
    ).toBe(0)
  })

  test('click credit fills the click times and view credit the impression times', async () => {
    expect(
      await data.rowsBreaking(
        attributed,
        `impressions + clicks = 1 AND conversions = 1 AND (click_dt_utc IS NOT NULL) = (clicks = 1) AND (impression_dt_utc IS NOT NULL) = (impressions = 1)`,
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        attributed,
        `traffic_event_subtype = CASE WHEN clicks = 1 THEN 'AD_CLICK' ELSE 'AD_IMP' END AND coalesce(click_dt_utc, impression_dt_utc) = traffic_event_dt_utc`,
      ),
    ).toEqual([])
  })

  test('a few percent are modelled: no person and nothing below the ad line', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE user_id IS NULL)`,
        'request_tag IS NULL AND traffic_event_id IS NULL AND creative IS NULL AND line_item IS NOT NULL',
      ),
    ).toEqual([])
    const share = await data.number(`SELECT count(*) FILTER (user_id IS NULL) / count(*) FROM ${attributed}`)
    expect(share).toBeGreaterThan(0.01)
    expect(share).toBeLessThan(0.1)
  })

  test('columns are empty for the other side', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE ad_product_type IS NOT NULL)`,
        'advertiser_id IS NULL AND line_item_id IS NULL AND city_name IS NULL AND request_tag IS NULL AND supply_source IS NULL AND device_type IS NULL',
      ),
    ).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE ad_product_type IS NULL)`,
        'advertiser_id IS NOT NULL AND line_item_id IS NOT NULL AND city_name IS NOT NULL AND traffic_event_id IS NULL AND customer_search_term IS NULL AND is_amazon_business IS NULL',
      ),
    ).toEqual([])
  })

  test('CPC ads are credited for clicks only, so all their view metrics are 0', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands'))`,
        'clicks = 1 AND total_purchases_views = 0 AND total_product_sales_views = 0 AND total_detail_page_view_views = 0',
      ),
    ).toEqual([])
  })

  const bases = ['purchases', 'units_sold', 'product_sales', 'add_to_cart', 'detail_page_view']
  test.each(bases)('%s: total = promoted + halo, each = its clicks + its views', async (base) => {
    expect(
      await data.rowsBreaking(
        attributed,
        `total_${base} = ${base} + brand_halo_${base} AND (${base} = 0 OR brand_halo_${base} = 0)`,
      ),
    ).toEqual([])
    for (const name of [base, `brand_halo_${base}`, `total_${base}`])
      expect(
        await data.rowsBreaking(
          attributed,
          `${name} = ${name}_clicks + ${name}_views AND (clicks = 1 OR ${name}_clicks = 0) AND (impressions = 1 OR ${name}_views = 0)`,
        ),
      ).toEqual([])
    expect(await data.number(`SELECT count(*) FROM ${attributed} WHERE ${base} > 0`)).toBeGreaterThan(0)
    expect(await data.number(`SELECT count(*) FROM ${attributed} WHERE brand_halo_${base} > 0`)).toBeGreaterThan(0)
  })

  test.each(['purchases', 'units_sold', 'product_sales'])(
    'new-to-brand %s follow the same sums and need the mark',
    async (base) => {
      expect(
        await data.rowsBreaking(
          attributed,
          `new_to_brand_total_${base} = new_to_brand_${base} + new_to_brand_brand_halo_${base}
       AND new_to_brand_total_${base} = CASE WHEN new_to_brand THEN total_${base} ELSE 0 END
       AND new_to_brand_${base} = new_to_brand_${base}_clicks + new_to_brand_${base}_views`,
        ),
      ).toEqual([])
    },
  )

  test('a row is non-zero only in the metrics of its own action', async () => {
    expect(
      await data.rowsBreaking(
        attributed,
        `total_purchases = (conversion_event_subtype = 'order')::INT AND total_detail_page_view = (conversion_event_subtype = 'detailPageView')::INT
       AND total_add_to_cart = (conversion_event_subtype = 'shoppingCart' AND ad_product_type IS DISTINCT FROM 'sponsored_brands')::INT
       AND (total_units_sold > 0) = (total_purchases = 1) AND total_product_sales = total_units_sold * coalesce(purchase_unit_price, 0)
       AND combined_sales = total_product_sales + coalesce(off_amazon_product_sales, 0)`,
      ),
    ).toEqual([])
  })
})
