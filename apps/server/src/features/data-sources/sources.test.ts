import { linkFields, loadCatalogue } from '@recomamp/amc-catalogue'
import { createSearchIndex } from '@recomamp/amc-catalogue/search'
import type { LiveTable } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { fromCatalogue } from './known-source.ts'
import { onTables } from './sources.ts'

const catalogue = loadCatalogue()
const all = catalogue.dataSources.map(fromCatalogue)
const plain = {
  catalogue,
  hash: 'shipped',
  all,
  byName: new Map(all.map((source) => [source.name, source])),
  index: createSearchIndex(all),
  links: linkFields(catalogue),
  available: null,
}

function table(name: string, more: Partial<LiveTable> = {}): LiveTable {
  const columns = [{ name: 'user_id', description: null, role: 'dimension' as const, type: 'STRING' }]
  return { name, description: null, uploaded: false, tags: [], columns, ...more }
}
const on = (...tables: LiveTable[]) => onTables(plain, tables)

test("an upload wins over a table of Amazon's that has its name, in whatever order they come", () => {
  const both = [table('dsp_clicks', { uploaded: true }), table('dsp_clicks', { description: 'Of Amazon' })] as const
  for (const tables of [both, both.toReversed()]) {
    const source = on(...tables).byName.get('dsp_clicks')
    expect(source).toMatchObject({ documented: false, category: 'Your uploads', onInstance: { uploaded: true } })
  }
})

test('a schema before the name and capital letters do not hide which table it is; the bare name wins', () => {
  const sources = on(table('sandbox.DSP_Clicks', { description: 'x' }), table('dsp_views', { columns: [] }))
  expect(sources.byName.get('dsp_clicks')?.onInstance?.state).toBe('here')
  expect(sources.available).toEqual(new Set(['dsp_clicks', 'dsp_views']))
  const tagged = on(
    table('dsp_clicks', { tags: [{ type: 'NEW', title: null, subtext: null, description: null }] }),
    table('sandbox.dsp_clicks'),
  )
  expect(tagged.byName.get('dsp_clicks')?.onInstance?.tags).toHaveLength(1)
})

test('a table without its columns says nothing about them', () => {
  const source = on(table('dsp_views', { columns: [] })).byName.get('dsp_views')
  expect(source?.onInstance?.fields).toEqual({ lacking: 0, onlyHere: 0, differing: 0 })
  expect(source?.fields.every(({ onInstance }) => onInstance === null)).toBe(true)
})

test('the twin for audiences is told with its table and is no source of its own', () => {
  const sources = on(table('dsp_clicks_for_audiences'))
  expect(sources.byName.get('dsp_clicks')?.onInstance).toMatchObject({ state: 'lacking', audienceVariant: true })
  expect(sources.all).toHaveLength(all.length)
})

test('a table that nobody has described stands apart from uploads', () => {
  const source = on(table('brand_new_table')).byName.get('brand_new_table')
  expect(source).toMatchObject({ category: 'Not in the catalogue', onInstance: { state: 'here', uploaded: false } })
})
