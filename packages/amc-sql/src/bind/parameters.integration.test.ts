import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase, type Row } from '../../test/duckdb.ts'
import { eventSchema } from '../../test/schema.ts'
import { bind } from '../bind.ts'
import { applyEdits } from '../edits.ts'
import type { ParameterDeclaration, ParameterType, ParameterValue } from '../parameters.ts'
import { fromCustomParameter } from './from-custom.ts'
import { toCustomParameter } from './to-custom.ts'

let db: Database

beforeAll(async () => {
  db = await openDatabase(eventSchema)
  await db.sql(
    `INSERT INTO synthetic.main.views SELECT i % 40, CASE WHEN i % 9 = 0 THEN NULL ELSE 'c' || (i % 4) END, 'it''s l' || (i % 3), 'PC',
     'US-' || (i % 2), 1, TIMESTAMP '2026-05-01' + INTERVAL (i * 90) MINUTE, DATE '2026-05-01' + CAST(i // 16 AS INTEGER), 1,
     i % 5, i * 1000, i * 0.25 FROM range(400) AS t(i)`,
  )
})
afterAll(() => db.close())

function declared(type: ParameterType, more: Partial<ParameterDeclaration> = {}): ParameterDeclaration {
  return { name: 'p', type, list: false, whenEmpty: 'error', ...more }
}

const list = { list: true } as const
const optional = { list: true, whenEmpty: 'all' } as const

const samples: [condition: string, declaration: ParameterDeclaration, values: ParameterValue[]][] = [
  ['campaign = {{p}}', declared('STRING'), ['c1', "it's", '']],
  ['clicks >= {{p}}', declared('LONG'), [0, 3, '9']],
  ['sales > {{p}} * 2', declared('DECIMAL'), ['12.50', 0]],
  ['event_date >= {{p}}', declared('DATE'), ['2026-05-10', '2026-07-01']],
  ['event_dt_utc < {{p}}', declared('TIMESTAMP'), ['2026-05-10T12:00:00']],
  ["event_date >= DATE '{{p}}'", declared('STRING'), ['2026-05-10']],
  ["line_item LIKE '%s {{p}}%'", declared('STRING'), ['l1', '%', "'"]],
  ["campaign = 'c{{p}}'", declared('INTEGER'), [1, 2]],
  ['{{p}} OR clicks > 3', declared('BOOLEAN'), [true, false]],
  ['campaign IN {{p}}', declared('STRING', list), [['c1'], ['c1', 'c3', "it's"]]],
  ['campaign NOT IN {{p}}', declared('STRING', list), [['c1'], ['c1', 'c3']]],
  ['NOT campaign IN {{p}} AND clicks > 1', declared('STRING', list), [['c1', 'c3']]],
  ['clicks IN {{p}}', declared('LONG', list), [[1, '2']]],
  ['event_date IN {{p}}', declared('DATE', list), [['2026-05-03', '2026-05-04']]],
  ['CONTAINED_IN(campaign, {{p}})', declared('STRING', list), [['c1', 'c2']]],
  ['ARRAY_CONTAINS(ARRAY[{{p}}], campaign)', declared('STRING', list), [['c1', 'c2']]],
  ['ARRAY_CONTAINS({{p}}, campaign) AND CARDINALITY({{p}}) > 1', declared('STRING', list), [['c1', 'c2'], ['c1']]],
  ['campaign IN {{p}} AND clicks > 1', declared('STRING', optional), [[], ['c1', 'c2']]],
  ['campaign NOT IN {{p}} OR clicks > 3', declared('STRING', optional), [[], ['c1', 'c2']]],
  ['NOT (campaign IN {{p}}) AND clicks > 1', declared('STRING', optional), [[], ['c1', 'c2']]],
  [
    'campaign IN (SELECT campaign FROM views WHERE line_item IN {{p}})',
    declared('STRING', optional),
    [[], ["it's l1"]],
  ],
]

const query = (condition: string) =>
  `SELECT campaign, line_item, COUNT(*) AS n, SUM(spend) AS spend FROM views WHERE ${condition} GROUP BY 1, 2`

test.each(samples)(
  'F-09: where %s gives the same rows as {{p}}, as CUSTOM_PARAMETER and back again',
  async (condition, declaration, values) => {
    const template = query(condition)
    const there = toCustomParameter(template, 'p', [declaration], eventSchema)
    if (!there.ok) throw new Error(there.diagnostics.map((one) => one.message).join('; '))
    const custom = applyEdits(template, there.edits)
    const back = fromCustomParameter(custom, there.declaration, eventSchema)
    if (!back.ok) throw new Error(back.diagnostics.map((one) => one.message).join('; '))
    const again = applyEdits(custom, back.edits)
    expect(back.declaration).toMatchObject({
      type: declaration.type,
      list: declaration.list,
      whenEmpty: declaration.whenEmpty,
    })
    let found = 0
    for (const value of values) {
      const expected = await rowsOf(template, declaration, value)
      const options = { customParameters: [there.declaration], parameterValues: { p: value } }
      expect(inOrder(await db.amc(custom, options))).toEqual(expected)
      expect(await rowsOf(again, back.declaration, value)).toEqual(expected)
      found += expected.length
    }
    expect(found).toBeGreaterThan(0)
  },
)

test('F-42: a list that is sent as a WITH part finds the same rows as the list itself', async () => {
  const many = [...Array.from({ length: 1200 }, (_, at) => `x${at}`), 'c1', 'c3']
  for (const condition of ['campaign IN {{p}}', 'campaign NOT IN {{p}}', 'campaign IN ({{p}}) OR clicks > 3']) {
    const declaration = declared('STRING', list)
    const long = await rowsOf(query(condition), declaration, many)
    expect(long).toEqual(await rowsOf(query(condition), declaration, ['c1', 'c3']))
    expect(long.length).toBeGreaterThan(0)
  }
})

test('F-10: pairs of values find the rows that have both', async () => {
  const pairs = ['c1', "it's l1", 'c2', "it's l2"]
  const rows = await rowsOf(query('(campaign, line_item) IN {{p}}'), declared('STRING', list), pairs)
  const expected = await rowsOf(
    query(
      "(campaign = 'c1' AND line_item = 'it''s l1') OR (campaign = 'c2' AND line_item = 'it''s l2') OR campaign = {{p}}",
    ),
    declared('STRING'),
    '',
  )
  expect(rows).toEqual(expected)
  expect(rows).toHaveLength(2)
})

async function rowsOf(template: string, declaration: ParameterDeclaration, value: ParameterValue): Promise<string[]> {
  const bound = bind(template, [declaration], { p: value })
  if (!bound.ok) throw new Error(bound.diagnostics.map((one) => one.message).join('; '))
  return inOrder(await db.amc(bound.text))
}

function inOrder(rows: readonly Row[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted()
}
