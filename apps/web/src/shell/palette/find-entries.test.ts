import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { createSearchIndex } from '@recomamp/amc-catalogue/search'
import { expect, test } from 'vitest'
import { type EntryOf, fieldEntries } from './entries.ts'
import { type Findable, findEntries } from './find-entries.ts'

const schema = loadSchema()
const page: EntryOf<'page'> = { kind: 'page', key: 'page executions', label: 'Executions', to: '/executions' }
const action: EntryOf<'action'> = { kind: 'action', key: 'action new-query', label: 'New query', run: () => {} }
const all: Findable = {
  index: createSearchIndex(schema.tables.map((table) => ({ ...table, tags: [], fields: table.columns }))),
  fields: fieldEntries(schema),
  sources: new Map(),
  templates: [],
  queries: [],
  instances: [],
  pages: [page],
  actions: [action],
}
const found = (text: string, recent: string[] = []) =>
  findEntries(text, all, recent).map(({ group, entries }) => [group, entries.map(({ entry }) => entry.label)])

test('S-100: initials and the beginning of a word find a field, and its letters are marked', () => {
  const [first] = findEntries('ntb pur', all, [])
  expect(first?.group).toBe('fields')
  expect(first?.entries[0]?.entry.label).toBe('new_to_brand_purchases')
  expect(first?.entries[0]?.ranges).toEqual([
    [0, 1],
    [4, 5],
    [7, 8],
    [13, 16],
  ])
})

test('S-100: the group of the best hit comes first, slips are forgiven', () => {
  expect(found('exeuctions')[0]).toEqual(['pages', ['Executions']])
  expect(found('new query')[0]).toEqual(['actions', ['New query']])
})

test('S-100: a prefix asks for one group alone, whole when nothing else is typed', () => {
  expect(found('> new').map(([group]) => group)).toEqual(['actions'])
  expect(found('#executions').map(([group]) => group)).not.toContain('pages')
  const [fields] = findEntries('#', all, [])
  expect(fields?.entries.length).toBe(100)
})

test('S-100: without words: what was opened last, pages and actions; what is gone is left out', () => {
  expect(found('', ['field total_cost', 'workflow gone'])).toEqual([
    ['recent', ['total_cost']],
    ['pages', ['Executions']],
    ['actions', ['New query']],
  ])
  expect(found('', [])[0]?.[0]).toBe('pages')
})

test('S-100: nothing fits', () => expect(found('zzzzqqqq')).toEqual([]))
