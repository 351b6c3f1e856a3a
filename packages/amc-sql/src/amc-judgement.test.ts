import { expect, test } from 'vitest'
import { judgeAmcError } from './amc-judgement.ts'
import { bind } from './bind.ts'
import { applyEdits } from './edits.ts'
import { hints } from './rules/hints.ts'
import type { Schema } from './schema.ts'

const column = { type: 'LONG', role: 'metric', threshold: 'NONE', description: '' } as const
const table = {
  name: 'orders',
  title: '',
  category: '',
  description: '',
  kind: 'fact',
  timeColumn: null,
  audience: false,
  legacyColumns: [],
  columns: [
    { ...column, name: 'total_purchases' },
    { ...column, name: 'campaign', type: 'STRING', role: 'dimension' },
  ],
} as const
const schema: Schema = { tables: [table] }

function judged(template: string, message: (sent: string) => string, ids = ['A1', 'B2']) {
  const bound = bind(template, [], { ids })
  if (!bound.ok) throw new Error('does not bind')
  const { text: sqlQuery, sourceMap } = bound
  const judgement = judgeAmcError(message(sqlQuery), { template, sqlQuery, sourceMap, schema, hints })
  const [fix] = judgement.fixes
  return { ...judgement, mended: fix === undefined ? null : applyEdits(template, fix.edits) }
}

const template = 'SELECT campaign, SUM(total_purchase) AS n\nFROM orders\nWHERE campaign IN {{ids}}\nGROUP BY campaign'

test('a misspelt column is found by AMC’s words and mended in the template, whose placeholders stay', () => {
  const found = judged(
    template,
    () => "From line 1, column 22 to line 1, column 35: Column 'total_purchase' not found in any table",
  )
  expect(found.same).toMatchObject({ code: 'AMC009', from: 21, to: 35 })
  expect(found.errors).toHaveLength(1)
  expect(found.mended).toBe(template.replace('total_purchase)', 'total_purchases)'))
})

test('a place behind a filled value is that of the template, and no fix changes a value', () => {
  const behind =
    'SELECT campaign, COUNT(1) AS n\nFROM orders\nWHERE campaign IN {{ids}} AND total_purchase > 1\nGROUP BY campaign'
  const found = judged(behind, () => "Column 'total_purchase' not found in any table", ['a rather long value', 'x'])
  expect(behind.slice(found.same?.from, found.same?.to)).toBe('total_purchase')
  expect(found.mended).toContain('{{ids}} AND total_purchases > 1')
})

test('a name that only AMC does not know is mended by the nearest one that it can know', () => {
  const other = 'SELECT campaign, SUM(total_purchases) AS n FROM orders GROUP BY campaign'
  const found = judged(other, () => "Object 'orders' not found")
  expect(found).toMatchObject({ same: null, errors: [], fixes: [] })
  const column = judged(other, () => "Column 'campaigns' not found in any table")
  expect(column.fixes).toEqual([])
})

test('words that speak of nothing in the query leave it as it is', () => {
  const found = judged(template.replace('total_purchase)', 'total_purchases)'), () => 'The moon is full')
  expect(found).toEqual({ same: null, errors: [], fixes: [], mended: null })
})
