import { WorkflowId } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { touchedQueries } from './touched-queries.ts'

const id = WorkflowId.parse('6bfd67fc-45a4-44e9-8abd-449ffdf68a67')
const state = { type: 'LONG', role: 'metric' as const }
const nothing = { columnsAdded: [], columnsRemoved: [], columnsChanged: [], tagsAdded: [], tagsRemoved: [] }
const change = {
  tablesAdded: ['brand_new'],
  tablesRemoved: ['sandbox.dsp_views'],
  tablesChanged: [
    { ...nothing, name: 'dsp_clicks', columnsRemoved: ['Campaign'] },
    { ...nothing, name: 'conversions', columnsChanged: [{ name: 'total_cost', before: state, after: state }] },
    { ...nothing, name: 'dsp_impressions', tagsAdded: ['DEPRECATED'] },
  ],
}

test.each<[string, string, { tables: string[]; columns: string[]; breaks: boolean } | null]>([
  ['a table that is gone', 'SELECT 1 FROM "DSP_Views"', { tables: ['dsp_views'], columns: [], breaks: true }],
  [
    'a column that is gone',
    'select CAMPAIGN from dsp_clicks',
    { tables: ['dsp_clicks'], columns: ['Campaign'], breaks: true },
  ],
  [
    'a column of another type',
    'SELECT total_cost FROM conversions',
    { tables: ['conversions'], columns: ['total_cost'], breaks: false },
  ],
  [
    'a column that is gone from a table that is not read here',
    'SELECT campaign FROM conversions',
    { tables: ['conversions'], columns: [], breaks: false },
  ],
  [
    'a table with a new tag',
    'SELECT 1 FROM dsp_impressions',
    { tables: ['dsp_impressions'], columns: [], breaks: false },
  ],
  ['a name in a comment or a text', "SELECT 'dsp_clicks' AS a FROM other -- dsp_views", null],
  ['a new table', 'SELECT 1 FROM brand_new', null],
])('%s', (_, sql, expected) => {
  const found = touchedQueries(change, [{ id, name: 'One', sql }])
  expect(found).toEqual(expected === null ? [] : [{ workflowId: id, name: 'One', ...expected }])
})
