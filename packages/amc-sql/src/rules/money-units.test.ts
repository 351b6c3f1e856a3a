import { expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { errorsOf, findingsOf, marked, mended } from '../../test/findings.ts'
import { fixAll } from '../../test/judged.ts'
import { lower } from '../lower/lower.ts'

const code = 'AMC025'
const ads = 'FROM sponsored_ads_traffic GROUP BY campaign'
const dsp = 'FROM dsp_impressions GROUP BY campaign'

test('money that comes out undivided is marked, with the number to divide by', () => {
  const spend = `SELECT campaign, SUM(spend) AS spend ${ads}`
  expect(findingsOf(code, spend)).toMatchObject([
    {
      severity: 'warning',
      message:
        'SUM(spend) comes from sponsored_ads_traffic.spend, which is in microcents: 100,000,000 of them are one unit of the currency',
      help: 'Divide by 100000000.0',
    },
  ])
  expect(mended(code, spend)).toBe(`SELECT campaign, SUM(spend) / 100000000.0 AS spend ${ads}`)
  expect(mended(code, `SELECT campaign, SUM(total_cost) AS cost ${dsp}`)).toBe(
    `SELECT campaign, SUM(total_cost) / 100000.0 AS cost ${dsp}`,
  )
  expect(marked(code, 'SELECT campaign, campaign_budget_amount FROM dsp_impressions GROUP BY 1, 2')).toEqual([
    'campaign_budget_amount',
  ])
})

test('also through WITH parts, aliases and unions', () => {
  const text = `WITH s (who, c) AS (SELECT campaign, SUM(spend) ${ads}), t AS (SELECT who, c AS cost FROM s)
    SELECT who, cost FROM t`
  expect(marked(code, text)).toEqual(['cost'])
  expect(mended(code, text)).toMatch(/SELECT who, cost \/ 100000000.0 AS cost FROM t$/)
  const both = `WITH t AS (SELECT campaign, SUM(spend) AS c ${ads} UNION ALL SELECT campaign, 0 FROM dsp_clicks GROUP BY 1)
    SELECT campaign, MAX(c) AS highest FROM t GROUP BY campaign`
  expect(marked(code, both)).toEqual(['MAX(c)'])
})

test('through CASE, COALESCE, ROUND and windows; the fix divides inside', () => {
  expect(mended(code, `SELECT campaign, ROUND(SUM(CASE WHEN clicks > 0 THEN spend ELSE 0 END), 2) AS s ${ads}`)).toBe(
    `SELECT campaign, ROUND(SUM(CASE WHEN clicks > 0 THEN spend ELSE 0 END) / 100000000.0, 2) AS s ${ads}`,
  )
  expect(marked(code, `SELECT campaign, SUM(SUM(spend)) OVER () AS total ${ads}`)).toEqual(['SUM(SUM(spend)) OVER ()'])
  const fees = `SELECT campaign, SUM(supply_cost) + SUM(COALESCE(platform_fee, 0)) AS fees ${dsp}`
  expect(mended(code, fees)).toBe(
    `SELECT campaign, (SUM(supply_cost) + SUM(COALESCE(platform_fee, 0))) / 100000000.0 AS fees ${dsp}`,
  )
})

test('the number of the other unit is the wrong one', () => {
  const text = `SELECT campaign, SUM(total_cost) / 100000000 AS cost ${dsp}`
  expect(findingsOf(code, text)).toMatchObject([
    { message: expect.stringMatching(/^100000000 is the wrong number for dsp_impressions.total_cost, .*millicents/) },
  ])
  expect(mended(code, text)).toBe(`SELECT campaign, SUM(total_cost) / 100000 AS cost ${dsp}`)
  expect(mended(code, `SELECT campaign, SUM(spend) / 100000.0 AS spend ${ads}`)).toBe(
    `SELECT campaign, SUM(spend) / 100000000.0 AS spend ${ads}`,
  )
  const inside = `WITH c AS (SELECT campaign, SUM(spend) / 1000000 AS s ${ads}) SELECT campaign, s, s * 1.1 AS more FROM c`
  expect(marked(code, inside)).toEqual(['SUM(spend) / 1000000'])
})

test('behind a star over a WITH part the column is named, and a star over a table is AMC001 alone', () => {
  const text = `WITH c AS (SELECT campaign, SUM(spend) AS cost ${ads}) SELECT * FROM c`
  expect(findingsOf(code, text)).toMatchObject([{ message: expect.stringMatching(/^cost comes from/) }])
  expect(marked(code, 'SELECT * FROM dsp_clicks')).toEqual([])
})

test('divided money is silent, however it is divided', () => {
  for (const item of [
    'SUM(spend) / 100000000',
    'SUM(spend / 100000000.0)',
    'SUM(spend) * 0.00000001',
    'SUM(spend) / 1000 / 100000',
    'SUM(spend) / 1e8',
    'SUM(spend) / (1000 * 100000)',
    'CAST(SUM(spend) AS DOUBLE) / 100000000 * 1.15',
    'SUM(spend) / {{rate}}',
    'COUNT(spend)',
  ])
    expect(marked(code, `SELECT campaign, ${item} AS cost ${ads}`), item).toEqual([])
  expect(marked(code, `SELECT campaign, SUM(spend) AS spend_microcents ${ads}`)).toEqual([])
  expect(
    marked(code, 'SELECT campaign, SUM(total_product_sales) AS s FROM conversions_with_relevance GROUP BY 1'),
  ).toEqual([])
})

test('prices per click and per thousand are silent, an undivided one is not', () => {
  for (const item of [
    '1000.0 * SUM(total_cost) / 100000 / NULLIF(SUM(impressions), 0)',
    'SUM(total_cost) / 100 / NULLIF(SUM(impressions), 0)',
    'SUM(total_cost) / 100000 / NULLIF(SUM(impressions), 0)',
  ])
    expect(marked(code, `SELECT campaign, ${item} AS cpm ${dsp}`), item).toEqual([])
  expect(marked(code, `SELECT campaign, SUM(spend) / NULLIF(SUM(clicks), 0) AS cpc ${ads}`)).toEqual([
    'SUM(spend) / NULLIF(SUM(clicks), 0)',
  ])
})

test('adding two units is an error that names both, and the fix makes them one', () => {
  const text = `SELECT campaign, SUM(impression_cost) - SUM(supply_cost) AS rest ${dsp}`
  expect(findingsOf(code, text).filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      ours: true,
      message: 'SUM(impression_cost) is in millicents and SUM(supply_cost) in microcents: they cannot be added',
    },
  ])
  expect(mended(code, text)).toBe(`SELECT campaign, SUM(impression_cost) * 1000.0 - SUM(supply_cost) AS rest ${dsp}`)
  expect(fixAll(text, catalogue).text).toBe(
    `SELECT campaign, (SUM(impression_cost) * 1000.0 - SUM(supply_cost)) / 100000000.0 AS rest ${dsp}`,
  )
})

test('sales less spend, through WITH parts', () => {
  const text = `WITH s AS (SELECT campaign, SUM(spend) AS cost ${ads}),
    c AS (SELECT campaign, SUM(total_product_sales) AS sales FROM conversions_with_relevance GROUP BY campaign)
    SELECT s.campaign, c.sales - s.cost AS profit FROM s INNER JOIN c ON c.campaign = s.campaign`
  expect(marked(code, text)).toEqual(['c.sales - s.cost'])
  expect(mended(code, text)).toContain('c.sales - s.cost / 100000000.0 AS profit')
})

test('comparing two units is an error', () => {
  const text =
    'SELECT campaign, COUNT(*) AS n FROM dsp_impressions WHERE supply_cost > campaign_budget_amount GROUP BY 1'
  expect(findingsOf(code, text)).toMatchObject([{ severity: 'error', message: expect.stringMatching(/compared$/) }])
  expect(mended(code, text)).toContain('WHERE supply_cost > campaign_budget_amount * 1000.0 GROUP')
  expect(marked(code, text.replace('campaign_budget_amount', '1000 * campaign_budget_amount'))).toEqual([])
})

test('a margin, an exchange rate and money of one unit can be added', () => {
  const text = (value: string) => `WITH s AS (SELECT campaign, SUM(spend) / 100000000 AS cost ${ads}),
    c AS (SELECT campaign, SUM(total_product_sales) AS sales FROM conversions_with_relevance GROUP BY campaign)
    SELECT s.campaign, ${value} AS v FROM s INNER JOIN c ON c.campaign = s.campaign`
  for (const value of [
    'c.sales * 0.3 - s.cost',
    'c.sales - 0.0067 * s.cost',
    'COALESCE(c.sales, 0) - s.cost',
    'c.sales / s.cost',
  ])
    expect(marked(code, text(value)), value).toEqual([])
})

test('a quotient of two units is off', () => {
  const text = `WITH s AS (SELECT campaign, SUM(spend) AS cost ${ads}),
    c AS (SELECT campaign, SUM(total_product_sales) AS sales FROM conversions_with_relevance GROUP BY campaign)
    SELECT s.campaign, 100 * s.cost / NULLIF(c.sales, 0) AS acos FROM s INNER JOIN c ON c.campaign = s.campaign`
  expect(marked(code, text)).toEqual(['s.cost / NULLIF(c.sales, 0)'])
  expect(mended(code, text)).toContain('100 * s.cost / 100000000.0 / NULLIF(c.sales, 0) AS acos')
  const roas = text.replace('100 * s.cost / NULLIF(c.sales, 0) AS acos', 'c.sales / NULLIF(s.cost, 0) AS roas')
  expect(mended(code, roas)).toContain('c.sales / NULLIF((s.cost / 100000000.0), 0) AS roas')
  expect(marked(code, roas.replace('c.sales /', '100000000 * c.sales /'))).toEqual([])
  const perDollar = `SELECT campaign, SUM(clicks) / NULLIF(SUM(spend), 0) AS clicks_per_dollar ${ads}`
  expect(marked(code, perDollar)).toEqual(['NULLIF(SUM(spend), 0)'])
})

test('a share of one unit is silent', () => {
  expect(
    marked(code, `SELECT campaign, 100.0 * SUM(spend) / NULLIF(SUM(SUM(spend)) OVER (), 0) AS share ${ads}`),
  ).toEqual([])
})

const union = `WITH t AS (
  SELECT campaign, 'dsp' AS kind, total_cost AS cost FROM dsp_impressions
  UNION ALL
  SELECT campaign, 'ads' AS kind, spend AS cost FROM sponsored_ads_traffic
)`

test('one column with two units is marked where the second one comes in', () => {
  const text = `${union} SELECT campaign, SUM(cost) / 100000 AS cost FROM t GROUP BY campaign`
  expect(findingsOf(code, text)).toMatchObject([
    {
      severity: 'warning',
      message:
        'One column of the result holds dsp_impressions.total_cost in millicents and sponsored_ads_traffic.spend in microcents',
    },
  ])
  expect(marked(code, text)).toEqual(['spend AS cost'])
})

test('two units in one column are divided by a condition or a filter', () => {
  for (const item of [
    "SUM(CASE WHEN kind = 'dsp' THEN cost / 100000 ELSE cost / 100000000 END)",
    "SUM(CASE WHEN kind = 'dsp' THEN cost ELSE 0 END) / 100000",
    "SUM(IF(kind = 'dsp', cost / 100000.0, cost / 100000000.0))",
  ])
    expect(marked(code, `${union} SELECT campaign, ${item} AS cost FROM t GROUP BY campaign`), item).toEqual([])
  expect(
    marked(code, `${union} SELECT campaign, SUM(cost) / 100000 AS cost FROM t WHERE kind = 'dsp' GROUP BY campaign`),
  ).toEqual([])
})

test('an error of our own stops no local run and can be switched off with a reason', () => {
  const text = `SELECT campaign, SUM(impression_cost) - SUM(supply_cost) AS rest_microcents ${dsp}`
  expect(errorsOf(text)).toHaveLength(1)
  const window = { start: '2026-05-01T00:00:00', end: '2026-06-01T00:00:00' }
  expect(lower(text, { schema: catalogue, window, privacy: null }).ok).toBe(true)
  expect(errorsOf(`-- recomamp-ignore AMC025: on purpose\n${text}`)).toEqual([])
})
