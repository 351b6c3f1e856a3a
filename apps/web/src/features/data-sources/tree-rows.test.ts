import type { Schema, Table } from '@recomamp/amc-sql'
import { expect, test } from 'vitest'
import { moveInTree, treeRows } from './tree-rows.ts'

const table = (name: string, columns: string[], audience = false): Table => ({
  name,
  title: name,
  category: name.startsWith('dsp') ? 'DSP events' : 'Audience segments',
  description: '',
  kind: 'fact',
  timeColumn: null,
  audience,
  legacyColumns: [],
  columns: columns.map((column) => ({
    name: column,
    type: 'STRING',
    role: 'dimension',
    threshold: 'LOW',
    description: '',
  })),
})

const schema: Schema = {
  tables: [
    table('audience_segments', ['segment_id']),
    table('dsp_clicks', ['campaign', 'clicks']),
    table('dsp_impressions', ['campaign', 'total_cost']),
    table('dsp_impressions_for_audiences', ['campaign'], true),
  ],
}
const filter = { text: '', onlyUsed: false, used: new Set<string>(), open: new Set<string>() }
const keys = (change: Partial<typeof filter>) => treeRows(schema, { ...filter, ...change }).map((row) => row.key)

test('tables stand in groups, what most queries start from first, audience twins only when asked for', () => {
  expect(keys({})).toEqual([
    'group DSP events',
    'dsp_clicks',
    'dsp_impressions',
    'group Audience segments',
    'audience_segments',
  ])
  expect(keys({ text: 'for_aud' })).toContain('dsp_impressions_for_audiences')
})

test('a search opens the tables with matching fields and shows only those', () => {
  expect(keys({ text: 'total clicks' })).toEqual([])
  expect(keys({ text: 'cost total' })).toEqual(['group DSP events', 'dsp_impressions', 'dsp_impressions total_cost'])
  expect(keys({ onlyUsed: true, used: new Set(['dsp_clicks']) })).toEqual(['group DSP events', 'dsp_clicks'])
})

test('the keys move over tables and fields, never onto a group', () => {
  const rows = treeRows(schema, { ...filter, open: new Set(['dsp_clicks']) })
  const at = (key: string) => rows.findIndex((row) => row.key === key)
  expect(moveInTree(rows, at('dsp_impressions'), 'ArrowDown')).toEqual({ to: at('audience_segments') })
  expect(moveInTree(rows, at('dsp_clicks'), 'ArrowRight')).toEqual({ to: at('dsp_clicks campaign') })
  expect(moveInTree(rows, at('dsp_impressions'), 'ArrowRight')).toEqual({ open: 'dsp_impressions' })
  expect(moveInTree(rows, at('dsp_clicks clicks'), 'ArrowLeft')).toEqual({ to: at('dsp_clicks') })
  expect(moveInTree(rows, at('dsp_clicks'), 'ArrowLeft')).toEqual({ close: 'dsp_clicks' })
  expect(moveInTree(rows, at('dsp_clicks'), 'Home')).toEqual({ to: at('dsp_clicks') })
  expect(moveInTree(rows, at('dsp_clicks'), 'ArrowUp')).toBeNull()
})
