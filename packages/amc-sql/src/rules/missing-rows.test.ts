import { describe, expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { errorsOf, findingsOf, marked, mended } from '../../test/findings.ts'
import { analyze } from '../../test/judged.ts'

describe('AMC033: NOT IN over NULL', () => {
  const code = 'AMC033'
  const notIn = (query: string, before = '') =>
    `${before}SELECT COUNT(DISTINCT user_id) AS n FROM dsp_impressions WHERE user_id NOT IN (${query})`

  test('a user id that can be NULL, and the fix that filters it', () => {
    const text = notIn('SELECT user_id FROM dsp_clicks')
    expect(findingsOf(code, text)).toMatchObject([
      { severity: 'warning', help: expect.stringContaining('user_id IS NOT NULL') },
    ])
    expect(mended(code, text)).toBe(notIn('SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL'))
    expect(mended(code, notIn('SELECT user_id FROM dsp_clicks WHERE clicks > 0 GROUP BY user_id'))).toBe(
      notIn('SELECT user_id FROM dsp_clicks WHERE clicks > 0 AND user_id IS NOT NULL GROUP BY user_id'),
    )
    expect(mended(code, notIn('SELECT c.user_id FROM dsp_clicks c WHERE clicks > 0 OR c.line_item IS NULL'))).toBe(
      notIn('SELECT c.user_id FROM dsp_clicks c WHERE (clicks > 0 OR c.line_item IS NULL) AND c.user_id IS NOT NULL'),
    )
  })

  test('through a WITH part and an alias, through a union, through an outer join', () => {
    const part = 'WITH b AS (SELECT user_id AS u FROM dsp_clicks GROUP BY 1) '
    expect(mended(code, notIn('SELECT u FROM b', part))).toBe(notIn('SELECT u FROM b WHERE u IS NOT NULL', part))
    expect(
      marked(
        code,
        notIn(
          'SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL UNION SELECT user_id FROM sponsored_ads_traffic',
        ),
      ),
    ).toHaveLength(1)
    const outer =
      'WITH b AS (SELECT k.user_id FROM dsp_impressions i LEFT JOIN dsp_clicks k ON k.campaign = i.campaign) '
    expect(marked(code, notIn('SELECT user_id FROM b', outer))).toHaveLength(1)
  })

  test('silent where the values are known', () => {
    for (const [query = '', before = ''] of [
      ['SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL'],
      [
        'SELECT user_id FROM b',
        'WITH b AS (SELECT user_id FROM dsp_clicks WHERE clicks > 0 AND user_id IS NOT NULL GROUP BY user_id) ',
      ],
      ["SELECT COALESCE(user_id, 'x') FROM dsp_clicks"],
      ['SELECT id FROM b', "WITH b (id) AS (VALUES ('a'), ('b')) "],
      ['SELECT k.user_id FROM dsp_clicks k INNER JOIN sponsored_ads_traffic s ON s.user_id = k.user_id'],
    ])
      expect(marked(code, notIn(query, before)), query).toEqual([])
    const campaigns =
      'SELECT COUNT(*) AS n FROM dsp_impressions WHERE campaign NOT IN (SELECT campaign FROM dsp_clicks)'
    expect(marked(code, campaigns)).toEqual([])
    expect(marked(code, notIn('SELECT user_id FROM dsp_clicks').replace('NOT IN', 'IN'))).toEqual([])
    expect(marked(code, "SELECT COUNT(*) AS n FROM dsp_impressions WHERE campaign NOT IN ('a', 'b')")).toEqual([])
  })
})

describe('AMC034: Amazon DSP has no ad_product_type', () => {
  const code = 'AMC034'
  const events = 'amazon_attributed_events_by_conversion_time'
  const where = (condition: string) => `SELECT COUNT(*) AS n FROM ${events} WHERE ${condition}`

  test('unequal, NOT IN, NOT LIKE', () => {
    expect(findingsOf(code, where("ad_product_type <> 'sponsored_brands'"))).toMatchObject([
      { severity: 'warning', message: 'ad_product_type is NULL for Amazon DSP, so this drops all of its rows' },
    ])
    expect(mended(code, where("ad_product_type <> 'sponsored_brands'"))).toBe(
      where("COALESCE(ad_product_type, 'DSP') <> 'sponsored_brands'"),
    )
    expect(mended(code, where("ad_product_type NOT IN ('sponsored_brands', 'sponsored_display')"))).toBe(
      where("COALESCE(ad_product_type, 'DSP') NOT IN ('sponsored_brands', 'sponsored_display')"),
    )
    expect(marked(code, where("ad_product_type NOT LIKE 'sponsored%'"))).toHaveLength(1)
  })

  test('a name that Amazon DSP does not have', () => {
    expect(mended(code, where("ad_product_type = 'DSP'"))).toBe(where('ad_product_type IS NULL'))
    expect(mended(code, where("ad_product_type IN ('amazon_dsp', 'sponsored_display')"))).toBe(
      where("COALESCE(ad_product_type, 'amazon_dsp') IN ('amazon_dsp', 'sponsored_display')"),
    )
  })

  test('through a WITH part and an alias', () => {
    const text = `WITH e AS (SELECT ad_product_type AS kind, user_id FROM ${events}) SELECT COUNT(*) AS n FROM e WHERE e.kind <> 'sponsored_brands'`
    expect(mended(code, text)).toContain("WHERE COALESCE(e.kind, 'DSP') <> 'sponsored_brands'")
    const conditional = `SELECT SUM(CASE WHEN ad_product_type <> 'sponsored_products' THEN total_purchases ELSE 0 END) AS n FROM ${events}`
    expect(marked(code, conditional)).toHaveLength(1)
  })

  test('silent where DSP is not wanted, has a name, or is asked for', () => {
    for (const condition of [
      "ad_product_type = 'sponsored_products'",
      "ad_product_type IN ('sponsored_products', 'sponsored_brands')",
      "COALESCE(ad_product_type, 'DSP') <> 'sponsored_brands'",
      "(ad_product_type <> 'sponsored_brands' OR ad_product_type IS NULL)",
      "ad_product_type IS NOT NULL AND ad_product_type <> 'sponsored_brands'",
      "CASE WHEN ad_product_type IS NULL THEN 1 WHEN ad_product_type <> 'sponsored_brands' THEN 2 ELSE 3 END = 1",
      'ad_product_type <> campaign',
    ])
      expect(marked(code, where(condition)), condition).toEqual([])
    expect(
      marked(code, "SELECT COUNT(*) AS n FROM sponsored_ads_traffic WHERE ad_product_type <> 'sponsored_brands'"),
    ).toEqual([])
    const named = `WITH e AS (SELECT IFNULL(ad_product_type, 'dsp') AS kind FROM ${events}) SELECT COUNT(*) AS n FROM e WHERE kind <> 'sponsored_brands'`
    expect(marked(code, named)).toEqual([])
  })
})

describe('AMC035: HAVING on a rank', () => {
  const code = 'AMC035'
  const ranked = (having: string, rank = 'RANK()') =>
    `SELECT campaign, SUM(clicks) AS n, ${rank} OVER (ORDER BY SUM(clicks) DESC) AS rk FROM dsp_clicks GROUP BY campaign HAVING ${having}`

  test('is a warning and no error, and the fix filters outside', () => {
    const text = ranked('rk <= 3')
    expect(findingsOf(code, text)).toMatchObject([
      { severity: 'warning', message: 'rk is a rank, and HAVING does not filter ranks correctly in AMC' },
    ])
    expect(errorsOf(text)).toEqual([])
    const mend = mended(code, text) ?? ''
    expect(mend).toBe(
      'SELECT campaign, n, rk FROM (SELECT campaign, SUM(clicks) AS n, RANK() OVER (ORDER BY SUM(clicks) DESC) AS rk FROM dsp_clicks GROUP BY campaign) AS ranked WHERE rk <= 3',
    )
    expect(analyze(mend, catalogue).diagnostics).toEqual([])
  })

  test('other conditions stay; ROW_NUMBER and DENSE_RANK are ranks too; inside a WITH part', () => {
    expect(mended(code, ranked('SUM(clicks) > 5 AND (rk <= 3)'))).toMatch(
      /HAVING SUM\(clicks\) > 5\) AS ranked WHERE \(rk <= 3\)$/,
    )
    expect(marked(code, ranked('rk = 1', 'ROW_NUMBER()'))).toEqual(['rk = 1'])
    const part = `WITH t AS (${ranked('rk < 4', 'DENSE_RANK()')}) SELECT campaign AS c, n AS clicks, rk AS place FROM t`
    expect(marked(code, part)).toEqual(['rk < 4'])
    expect(analyze(mended(code, part) ?? '', catalogue).diagnostics).toEqual([])
  })

  test('silent for sums, outer filters, and windows that AMC refuses anyway', () => {
    expect(marked(code, ranked('n > 5'))).toEqual([])
    expect(marked(code, `SELECT campaign FROM (${ranked('n > 5')}) AS r WHERE rk <= 3`)).toEqual([])
    const other = ranked('RANK() OVER (ORDER BY SUM(clicks)) <= 3')
    expect(marked(code, other)).toEqual([])
    expect(errorsOf(other)).toHaveLength(1)
    expect(errorsOf(ranked('rk <= 3 AND MAX(SUM(clicks)) OVER () > 1'))).toHaveLength(1)
  })
})
