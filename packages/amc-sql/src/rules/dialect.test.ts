import { expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { analyze } from '../../test/judged.ts'
import type { AnalyzeOptions } from '../index.ts'

function severities(text: string, dialect?: AnalyzeOptions['dialect']): string[] {
  const { diagnostics } = analyze(text, catalogue, dialect === undefined ? {} : { dialect })
  return diagnostics.map(({ code, severity }) => `${code} ${severity}`)
}

const base = 'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY campaign'

test('ORDER BY and LIMIT at the end warn, or are refused; inside they have no effect in any dialect', () => {
  expect(severities(`${base} ORDER BY n LIMIT 5`)).toEqual(['AMC022 warning', 'AMC022 warning'])
  expect(severities(`${base} ORDER BY n LIMIT 5`, { finalOrder: 'refuse' })).toEqual(['AMC022 error', 'AMC022 error'])
  const inside = `WITH a AS (${base} ORDER BY n) SELECT campaign, n FROM a`
  expect(severities(inside, { finalOrder: 'refuse' })).toEqual(['AMC022 warning'])
})

test.each([
  ['unsupported', 'SELECT campaign, SUM(clicks) FILTER (WHERE clicks > 1) AS n FROM dsp_clicks GROUP BY campaign'],
  ['AMC010', 'SELECT campaign, LAG(SUM(clicks)) OVER (ORDER BY campaign) AS n FROM dsp_clicks GROUP BY campaign'],
  ['AMC001', `WITH a AS (${base}) SELECT * FROM a`],
])('what Amazon does not document warns, or is refused: %s', (code, text) => {
  expect(severities(text)).toEqual([`${code} warning`])
  expect(severities(text, { undocumented: 'refuse' })).toEqual([`${code} error`])
})

test('what only others report warns, or is refused', () => {
  const counted = 'SELECT campaign, COUNT(*) OVER () AS n FROM dsp_clicks GROUP BY campaign'
  const collected = 'SELECT COLLECT(UPPER(campaign)) AS n FROM dsp_clicks'
  const bucket = 'SELECT campaign, NTILE(4) OVER (ORDER BY SUM(clicks)) AS n FROM dsp_clicks GROUP BY campaign'
  for (const text of [counted, collected, bucket]) {
    expect(severities(text)).toEqual(['AMC018 warning'])
    expect(severities(text, { reported: 'refuse' })).toEqual(['AMC018 error'])
  }
})

test.each([
  ['invalid', "SELECT CASE WHEN clicks > 1 THEN 'many' ELSE 1 END AS n, COUNT(*) AS c FROM dsp_clicks GROUP BY 1"],
  ['AMC013', "WITH t (k) AS (VALUES ('1'), (2)) SELECT k FROM t"],
  ['AMC014', `${base} UNION ALL SELECT 1, 'all' FROM dsp_clicks GROUP BY 1`],
  ['unsupported', 'SELECT COUNT(DISTINCT c.user_id) AS n FROM (dsp_clicks c CROSS JOIN segment_metadata s)'],
])('text among numbers, and tables in parentheses, warn or are refused: %s', (code, text) => {
  const found = new Set(severities(text).filter((one) => one.startsWith(code)))
  expect([...found]).toEqual([`${code} warning`])
  expect(severities(text, { undocumented: 'refuse' })).toContain(`${code} error`)
})

test('a table unlike any of Amazon\u2019s warns, or is refused; a near miss and a piece of a name are refused', () => {
  const from = (table: string) => `SELECT tier, COUNT(DISTINCT user_id) AS n FROM ${table} GROUP BY tier`
  expect(severities(from('crm_members'))).toEqual(['AMC009 warning'])
  expect(severities(from("TABLE(EXTEND_TIME_WINDOW('crm_members', 'P7D', 'P0D'))"))).toEqual(['AMC009 warning'])
  expect(severities(from('crm_members'), { unknownTables: 'refuse' })).toEqual(['AMC009 error'])
  for (const table of ['dsp_click', 'clicks', 'amazon_attributed_events'])
    expect(severities(from(table)), table).toEqual(['AMC009 error'])
})

test('values that do not even meet as text are refused in every dialect', () => {
  expect(
    severities(
      'SELECT CASE WHEN clicks > 1 THEN click_dt_utc ELSE 1 END AS n, COUNT(*) AS c FROM dsp_clicks GROUP BY 1',
    ),
  ).toContain('invalid error')
})

test('text in a calculation is pointed out, and joined text is not', () => {
  const sum = (text: string) => `SELECT campaign, SUM(${text}) AS n FROM dsp_clicks GROUP BY campaign`
  expect(severities(sum('clicks + campaign'))).toEqual(['invalid warning'])
  expect(severities("SELECT CONCAT(campaign, '!') AS n, SUM(clicks) AS c FROM dsp_clicks GROUP BY 1")).toEqual([])
})

test('named rows, plain columns and windows with a partition are fine', () => {
  const paths = `WITH p AS (SELECT user_id, COLLECT(NAMED_ROW('at', click_dt_utc, 'campaign', campaign)) AS path
    FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id) SELECT path, COUNT(DISTINCT user_id) AS users FROM p GROUP BY path`
  expect(severities(paths)).toEqual([])
  expect(
    severities('SELECT campaign, COUNT(*) OVER (PARTITION BY campaign) AS n FROM dsp_clicks GROUP BY campaign'),
  ).toEqual([])
})
