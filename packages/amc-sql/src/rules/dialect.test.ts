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

test('what only others report is refused, or warns; NTILE does not exist either way', () => {
  const counted = 'SELECT campaign, COUNT(*) OVER () AS n FROM dsp_clicks GROUP BY campaign'
  const collected = 'SELECT COLLECT(UPPER(campaign)) AS n FROM dsp_clicks'
  for (const text of [counted, collected]) {
    expect(severities(text)).toEqual(['AMC018 error'])
    expect(severities(text, { reported: 'warn' })).toEqual(['AMC018 warning'])
  }
  const bucket = 'SELECT campaign, NTILE(4) OVER (ORDER BY SUM(clicks)) AS n FROM dsp_clicks GROUP BY campaign'
  expect(severities(bucket, { reported: 'warn' })).toEqual(['AMC018 error'])
})

test('named rows, plain columns and windows with a partition are fine', () => {
  const paths = `WITH p AS (SELECT user_id, COLLECT(NAMED_ROW('at', click_dt_utc, 'campaign', campaign)) AS path
    FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id) SELECT path, COUNT(DISTINCT user_id) AS users FROM p GROUP BY path`
  expect(severities(paths)).toEqual([])
  expect(
    severities('SELECT campaign, COUNT(*) OVER (PARTITION BY campaign) AS n FROM dsp_clicks GROUP BY campaign'),
  ).toEqual([])
})
