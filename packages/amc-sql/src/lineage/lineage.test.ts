import { expect, test } from 'vitest'
import { eventSchema as schema } from '../../test/schema.ts'
import { analyze } from '../analyze.ts'

/** The origins of each output column as `table.column by step, step`. */
function origins(text: string): string[][] {
  const { lineage, resolution } = analyze(text, schema)
  const body = resolution.query?.body
  return (body === undefined ? [] : lineage.body(body)).map((column) =>
    column.map(({ table, column: { name }, steps }) =>
      [`${table.name}.${name}`, ...steps.map((step) => `${step.column}@${step.relation}`)].join(' '),
    ),
  )
}

test('a value comes from every column in it, once each', () => {
  expect(origins('SELECT campaign AS c, SUM(IF(clicks > 0, clicks, impressions)) AS n FROM views GROUP BY 1')).toEqual([
    ['views.campaign'],
    ['views.clicks', 'views.impressions'],
  ])
})

test('the way leads through WITH parts, queries in FROM, unions, USING and renamed columns', () => {
  const text = `WITH j (u, n) AS (SELECT user_id, SUM(clicks) FROM taps GROUP BY 1)
    SELECT d.who AS w, n FROM (SELECT u AS who, n FROM j UNION ALL SELECT user_id, impressions FROM views) d`
  expect(origins(text)).toEqual([
    ['taps.user_id u@j who@d', 'views.user_id who@d'],
    ['taps.clicks n@j n@d', 'views.impressions n@d'],
  ])
  expect(origins('SELECT campaign, COUNT(*) AS n FROM views JOIN taps USING (campaign) GROUP BY campaign')).toEqual([
    ['views.campaign', 'taps.campaign'],
    [],
  ])
})

test('a chain of 5,000 WITH parts is no deep recursion', () => {
  const parts = Array.from({ length: 5_000 }, (_, at) => `p${at + 1} AS (SELECT c FROM p${at})`)
  const text = `WITH p0 AS (SELECT campaign AS c FROM views), ${parts.join(', ')} SELECT DISTINCT c FROM p5000`
  expect(origins(text)[0]?.[0]).toContain('views.campaign c@p0 c@p1')
})
