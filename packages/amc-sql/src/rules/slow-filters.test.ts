import { describe, expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { errorsOf, findingsOf, marked, mended } from '../../test/findings.ts'
import { analyze } from '../../test/judged.ts'
import { longListAbove } from '../bind/long-lists.ts'

const ids = (count: number) => Array.from({ length: count }, (_, at) => `'${at}'`).join(', ')
const where = (condition: string) =>
  `SELECT campaign, SUM(impressions) AS n FROM dsp_impressions WHERE ${condition} GROUP BY campaign`

describe('AMC042: long lists in IN', () => {
  const code = 'AMC042'

  test('the list is marked, and the fix joins it', () => {
    const text = where(`campaign_id_string IN (${ids(longListAbove + 1)}) AND user_id IS NOT NULL`)
    expect(marked(code, text)).toEqual([ids(longListAbove + 1)])
    expect(findingsOf(code, text)[0]).toMatchObject({
      severity: 'info',
      message: `${longListAbove + 1} values in IN make a slow query`,
    })
    const mend = mended(code, text) ?? ''
    expect(mend).toMatch(/^WITH campaign_id_string_list \(listed_campaign_id_string\) AS \(VALUES \('0'\), \('1'\), /)
    expect(mend).toMatch(
      /FROM dsp_impressions INNER JOIN campaign_id_string_list ON campaign_id_string_list.listed_campaign_id_string = campaign_id_string WHERE user_id IS NOT NULL GROUP BY campaign$/,
    )
    expect(analyze(mend, catalogue).diagnostics).toEqual([])
  })

  test('each value once, and WHERE goes with its last condition', () => {
    const mend = mended(code, where(`(campaign_id_string IN (${ids(longListAbove + 1)}, '5'))`)) ?? ''
    expect(mend.match(/\('5'\)/g)).toHaveLength(1)
    expect(mend).toMatch(/listed_campaign_id_string = campaign_id_string GROUP BY campaign$/)
  })

  test('behind an alias in a WITH part, and before other WITH parts', () => {
    const text = `WITH t AS (SELECT campaign_id_string AS c, impressions FROM dsp_impressions), u AS (SELECT c, impressions FROM t WHERE t.c IN (${ids(longListAbove + 50)}))
      SELECT c, SUM(impressions) AS n FROM u GROUP BY c`
    const mend = mended(code, text) ?? ''
    expect(mend).toMatch(/^WITH c_list \(listed_c\) AS \(VALUES .*\),\nt AS/)
    expect(errorsOf(mend)).toEqual([])
  })

  test('where a join would not be the same, nothing is offered', () => {
    for (const condition of [
      `campaign_id_string NOT IN (${ids(longListAbove + 1)})`,
      `(campaign_id_string IN (${ids(longListAbove + 1)}) OR clicks > 0)`,
      `UPPER(campaign) IN (${ids(longListAbove + 1)})`,
    ]) {
      const text = where(condition.replace('clicks', 'impressions'))
      expect(marked(code, text)).toHaveLength(1)
      expect(mended(code, text), condition).toBeNull()
    }
  })

  test('silent for short lists, subqueries, VALUES and parameters', () => {
    expect(marked(code, where(`campaign_id_string IN (${ids(longListAbove)})`))).toEqual([])
    expect(marked(code, where('campaign_id_string IN ({{campaigns}})'))).toEqual([])
    const list = Array.from({ length: 3000 }, (_, at) => `('${at}')`).join(', ')
    expect(
      marked(code, `WITH l (id) AS (VALUES ${list}) ${where('campaign_id_string IN (SELECT id FROM l)')}`),
    ).toEqual([])
  })
})

describe('AMC043: ARRAY_CONTAINS over a fixed list', () => {
  const code = 'AMC043'

  test('as a condition of WHERE and ON', () => {
    const text = where("ARRAY_CONTAINS(ARRAY['1', '2'], campaign_id_string)")
    expect(findingsOf(code, text)[0]).toMatchObject({
      severity: 'info',
      message: expect.stringContaining('dsp_impressions'),
    })
    const mend = mended(code, text) ?? ''
    expect(mend).toMatch(/^WITH campaign_id_string_list .*INNER JOIN campaign_id_string_list ON/s)
    expect(analyze(mend, catalogue).diagnostics).toEqual([])
    expect(
      marked(code, where("user_id IS NOT NULL AND (ARRAY_CONTAINS(ARRAY['1'], campaign_id_string) OR clicks > 0)")),
    ).toHaveLength(1)
    const on = `SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i INNER JOIN dsp_clicks c ON c.user_id = i.user_id AND ARRAY_CONTAINS(ARRAY['1'], c.campaign)`
    expect(marked(code, on)).toHaveLength(1)
  })

  test('through a WITH part and an alias', () => {
    const text = `WITH p AS (SELECT ARRAY['1', '2'] AS ids), q AS (SELECT ids AS wanted FROM p)
      SELECT COUNT(DISTINCT user_id) AS n FROM dsp_impressions CROSS JOIN q WHERE ARRAY_CONTAINS(q.wanted, campaign_id_string)`
    expect(marked(code, text)).toEqual(['ARRAY_CONTAINS(q.wanted, campaign_id_string)'])
  })

  test('silent for parameters, for arrays of the data, and where rows are only labelled', () => {
    expect(marked(code, where("ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign_id_string)"))).toEqual([])
    expect(marked(code, where('ARRAY_CONTAINS(user_behavior_segment_ids, 5)'))).toEqual([])
    const label = `SELECT IF(ARRAY_CONTAINS(ARRAY['1'], campaign_id_string), 'a', 'b') AS g, COUNT(DISTINCT user_id) AS n FROM dsp_impressions GROUP BY 1`
    expect(marked(code, label)).toEqual([])
  })
})

describe('AMC044: LEFT JOIN filtered in WHERE', () => {
  const code = 'AMC044'
  const clicks = 'WITH b AS (SELECT user_id AS u, SUM(clicks) AS x FROM dsp_clicks GROUP BY 1)'
  const join = (condition: string, kind = 'LEFT JOIN', on = 'b.u = i.user_id') =>
    `${clicks} SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i ${kind} b ON ${on} WHERE ${condition}`

  test('a condition on a column of the right side', () => {
    const text = join('b.x = 1')
    expect(findingsOf(code, text)).toMatchObject([
      { severity: 'info', message: 'This drops the rows that LEFT JOIN b keeps, so the join acts as an INNER JOIN' },
    ])
    expect(marked(code, text)).toEqual(['b.x = 1'])
    expect(mended(code, text)).toBe(join('b.x = 1', 'INNER JOIN'))
    expect(mended(code, join('i.clicks > 0 AND b.x = 1', 'LEFT OUTER JOIN'), 'Move')).toBe(
      join('i.clicks > 0', 'LEFT OUTER JOIN', 'b.u = i.user_id AND b.x = 1'),
    )
  })

  test('any form of it', () => {
    for (const condition of [
      'x > 1',
      "LOWER(b.u) = 'a'",
      'b.x BETWEEN 1 AND 3',
      'b.x IN (1, 2)',
      'b.u IS NOT NULL',
      'b.x * 2 > i.clicks',
      '(b.x = 1 OR b.x = 2)',
    ])
      expect(marked(code, join(condition)), condition).toHaveLength(1)
  })

  test('silent where rows without a partner stay', () => {
    for (const condition of [
      'b.u IS NULL',
      'COALESCE(b.x, 0) = 0',
      '(b.x = 1 OR b.u IS NULL)',
      '(b.x = 1 OR i.clicks > 0)',
      'i.user_id IS NOT NULL',
      'IF(b.x > 1, 1, 0) = 0',
      'CASE WHEN b.x > 1 THEN 1 ELSE 0 END = 0',
      'NOT (b.x = 1)',
    ])
      expect(marked(code, join(condition)), condition).toEqual([])
    expect(marked(code, join('i.user_id IS NOT NULL', 'LEFT JOIN', 'b.u = i.user_id AND b.x = 1'))).toEqual([])
    expect(marked(code, join('b.x = 1', 'INNER JOIN'))).toEqual([])
  })
})
