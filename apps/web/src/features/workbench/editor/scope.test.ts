import type { Schema } from '@recomamp/amc-sql'
import { expect, test } from 'vitest'
import { scopeAt } from './scope.ts'

const schema: Schema = {
  tables: [
    {
      name: 'dsp_impressions',
      title: '',
      category: '',
      description: '',
      kind: 'fact',
      timeColumn: null,
      audience: false,
      legacyColumns: [],
      columns: [{ name: 'campaign', type: 'STRING', role: 'dimension', threshold: 'LOW', description: '' }],
    },
  ],
}

function namesAt(marked: string): Record<string, string[]> {
  const position = marked.indexOf('|')
  const { tables } = scopeAt(marked.replace('|', ''), position, schema)
  return Object.fromEntries(tables.map((table) => [table.name, table.columns.map((column) => column.name)]))
}

test('the innermost SELECT decides, with aliases and common table expressions', () => {
  const text = 'WITH r AS (SELECT campaign AS c, user_id FROM dsp_impressions) SELECT | FROM r x'
  expect(namesAt(text)).toEqual({ x: ['c', 'user_id'] })
  expect(namesAt(text.replace('|', '1').replace('campaign AS', '| campaign AS'))).toEqual({
    dsp_impressions: ['campaign'],
  })
})

test('a broken text still has a scope', () => {
  expect(namesAt('SELECT ca| FROM dsp_impressions WHERE')).toEqual({ dsp_impressions: ['campaign'] })
  expect(namesAt('SELECT | FROM')).toEqual({})
  expect(scopeAt('', 0, schema)).toEqual({ tables: [], ctes: [] })
})
