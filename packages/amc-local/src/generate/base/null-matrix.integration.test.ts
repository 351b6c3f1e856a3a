import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestData, type BuiltData } from '../../testing/built-data.ts'

/**
 * What is empty for which ad product. NULL as the product type means Amazon DSP; traffic beside Amazon Live is left aside, since no
 * page says what its credited conversions hold.
 */

const attributed = 'amazon_attributed_events_by_conversion_time'

let data: BuiltData
beforeAll(async () => {
  data = await buildTestData()
})
afterAll(() => data.close())

const products = {
  DSP: 'ad_product_type IS NULL',
  SP: `ad_product_type = 'sponsored_products'`,
  SB: `ad_product_type = 'sponsored_brands'`,
  SD: `ad_product_type = 'sponsored_display'`,
  STV: `ad_product_type = 'sponsored_television'`,
} as const
type Product = keyof typeof products
const all = Object.keys(products) as Product[]
const sponsored = ['SP', 'SB', 'SD', 'STV'] as const

/** The ad products whose rows do not keep to what is said of a column: those that always hold it and those that never do. */
async function astray(
  table: string,
  column: string,
  filled: { always?: readonly Product[]; never?: readonly Product[] },
  where = 'true',
): Promise<Product[]> {
  const found: Product[] = []
  for (const [kind, some] of Object.entries(filled))
    for (const product of some) {
      const rule = `${column} IS ${kind === 'always' ? 'NOT ' : ''}NULL`
      const rows = `(SELECT ${column} FROM ${table} WHERE ${products[product]} AND ${where})`
      if ((await data.rowsBreaking(rows, rule)).length > 0) found.push(product)
    }
  return found
}

const withPerson = 'user_id IS NOT NULL'

describe('attributed events', () => {
  test('ad_product_type is empty for DSP only', async () => {
    const rows = await data.rows(`SELECT DISTINCT ad_product_type AS product FROM ${attributed} ORDER BY 1`)
    expect(rows.map(({ product }) => product)).toEqual([
      'amazon_live',
      'sponsored_brands',
      'sponsored_display',
      'sponsored_products',
      'sponsored_television',
      null,
    ])
  })

  test.each(['advertiser_id', 'line_item_id', 'city_name'])('%s is filled for DSP only', async (column) => {
    expect(await astray(attributed, column, { always: ['DSP'], never: sponsored })).toEqual([])
  })

  test('request_tag is filled for DSP only, traffic_event_id for sponsored ads only', async () => {
    expect(await astray(attributed, 'request_tag', { always: ['DSP'], never: sponsored }, withPerson)).toEqual([])
    expect(await astray(attributed, 'traffic_event_id', { always: sponsored, never: ['DSP'] }, withPerson)).toEqual([])
  })

  test('customer_search_term is filled for Sponsored Products and Brands only', async () => {
    expect(
      await astray(attributed, 'customer_search_term', { always: ['SP', 'SB'], never: ['DSP', 'SD', 'STV'] }),
    ).toEqual([])
  })

  test.each(['targeting', 'match_type'])('%s is empty for DSP and Sponsored TV', async (column) => {
    expect(await astray(attributed, column, { always: ['SP', 'SB', 'SD'], never: ['DSP', 'STV'] })).toEqual([])
  })

  test('placement_type is empty for DSP', async () => {
    expect(await astray(attributed, 'placement_type', { always: ['SP', 'SB', 'SD'], never: ['DSP'] })).toEqual([])
  })

  test('is_amazon_business is filled for Sponsored Products and Brands only', async () => {
    expect(
      await astray(attributed, 'is_amazon_business', { always: ['SP', 'SB'], never: ['DSP', 'SD', 'STV'] }),
    ).toEqual([])
  })

  test.each(['supply_source', 'device_make', 'browser_family', 'postal_code', 'iso_country_code', 'site'])(
    '%s is filled for DSP only',
    async (column) => {
      expect(await astray(attributed, column, { always: ['DSP'], never: sponsored })).toEqual([])
    },
  )

  test('deals are DSP only, and creative_duration stands with video ads only', async () => {
    expect(await astray(attributed, 'deal_id', { never: sponsored })).toEqual([])
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${attributed} WHERE ad_product_type IS NULL)`,
        `(creative_duration IS NOT NULL) = (creative_category IS NOT DISTINCT FROM 'Video')`,
      ),
    ).toEqual([])
  })

  test('modelled conversions hold nothing below the ad line, and a missing person alone does not make one', async () => {
    const modelled = `(SELECT * FROM ${attributed} WHERE user_id IS NULL)`
    expect(
      await data.rowsBreaking(
        modelled,
        'creative IS NULL AND creative_id IS NULL AND request_tag IS NULL AND traffic_event_id IS NULL',
      ),
    ).toEqual([])
    const share = await data.number(`SELECT count(*) FILTER (user_id IS NULL) / count(*) FROM ${attributed}`)
    expect(share).toBeGreaterThan(0.01)
    expect(share).toBeLessThan(0.12)
  })

  test('view credit fills the times of the impression, click credit those of the click, both those of the ad event', async () => {
    for (const suffix of ['dt', 'dt_utc', 'date', 'date_utc', 'dt_hour', 'hour_utc'])
      expect(
        await data.rowsBreaking(
          attributed,
          `(impression_${suffix} IS NOT NULL) = (impressions = 1) AND (click_${suffix} IS NOT NULL) = (clicks = 1)
           AND traffic_event_${suffix} IS NOT NULL AND impressions + clicks = 1 AND conversions = 1`,
        ),
      ).toEqual([])
  })
})

describe('sponsored_ads_traffic', () => {
  const table = 'sponsored_ads_traffic'

  test('creative_asin is empty for Sponsored Brands and Sponsored TV', async () => {
    expect(await astray(table, 'creative_asin', { always: ['SP'], never: ['SB', 'STV'] })).toEqual([])
  })

  test('targeting and match_type are empty for Sponsored TV', async () => {
    for (const column of ['targeting', 'match_type'])
      expect(await astray(table, column, { always: ['SP', 'SB', 'SD'], never: ['STV'] })).toEqual([])
  })

  test('player columns are filled for video ads only, and never for Sponsored Products and Display', async () => {
    for (const column of ['five_sec_views', 'video_complete_views', 'video_unmutes']) {
      expect(await astray(table, column, { never: ['SP', 'SD'], always: ['STV'] })).toEqual([])
      expect(
        await data.rowsBreaking(table, `(${column} IS NOT NULL) = (creative_type IS NOT DISTINCT FROM 'video')`),
      ).toEqual([])
    }
  })

  test('viewable impressions are 0 where clicks are paid for', async () => {
    expect(
      await data.rowsBreaking(
        `(SELECT * FROM ${table} WHERE line_item_price_type = 'CPC')`,
        'viewable_impressions = 0',
      ),
    ).toEqual([])
    expect(await data.number(`SELECT sum(viewable_impressions) FROM ${table} WHERE ${products.SD}`)).toBeGreaterThan(
      100,
    )
  })

  test('every sponsored product has traffic', async () => {
    const rows = await data.rows(`SELECT DISTINCT ad_product_type AS product FROM ${table} ORDER BY 1`)
    expect(rows).toHaveLength(all.length - 1)
  })
})
