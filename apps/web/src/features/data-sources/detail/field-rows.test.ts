import { loadCatalogue } from '@recomamp/amc-catalogue'
import { subjectOf } from '@recomamp/amc-catalogue/fields'
import type { DataSourceField } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { fieldRows, noPrefix, selectList } from './field-rows.ts'
import type { FieldSearch } from './field-search.ts'

const { dataSources } = loadCatalogue()
const fieldsOf = (name: string): DataSourceField[] =>
  (dataSources.find((source) => source.name === name)?.fields ?? []).map((field) => ({
    ...field,
    documented: true,
    onInstance: null,
    typeOnInstance: null,
    subject: subjectOf(field.name),
    goesWith: [],
    alsoIn: [],
  }))
const traffic = fieldsOf('sponsored_ads_traffic')
const names = (search: FieldSearch) =>
  fieldRows(traffic, search, null).flatMap((row) => (row.kind === 'field' ? [row.key] : []))
const heads = (search: FieldSearch) =>
  fieldRows(traffic, search, null).flatMap((row) => (row.kind === 'group' ? [`${row.title} ${row.count}`] : []))

test('S-008: fields are filtered by role, type, privacy class and unit, all of which must fit', () => {
  expect(names({})).toHaveLength(75)
  expect(names({ role: 'metric' })).toHaveLength(11)
  expect(names({ unit: 'microcents' })).toEqual(['spend'])
  expect(names({ class: 'VERY_HIGH' })).toContain('user_id')
  expect(names({ class: 'VERY_HIGH', role: 'metric' })).toEqual([])
  expect(names({ type: 'LONG', role: 'metric' })).toContain('clicks')
})

test('S-008: each way of grouping shows every field once, its heads count them and come in a fixed order', () => {
  for (const group of ['subject', 'role', 'type', 'class', 'prefix', 'none'] as const) {
    expect(names({ group }).toSorted()).toEqual(traffic.map(({ name }) => name).toSorted())
    expect(heads({ group }).reduce((sum, head) => sum + Number(head.split(' ').at(-1)), 0)).toBe(
      group === 'none' ? 0 : 75,
    )
  }
  expect(heads({ group: 'role' })).toEqual(['metric 11', 'dimension 64'])
  expect(heads({ group: 'class' })[0]).toMatch(/^NONE /)
  expect(heads({ group: 'prefix' }).at(-1)).toMatch(new RegExp(`^${noPrefix} `))
  expect(heads({ group: 'subject' })[0]).toMatch(/^identity /)
})

test('S-008: a search keeps what was found', () => {
  expect(fieldRows(traffic, {}, new Set(['spend']))).toMatchObject([
    { kind: 'group', title: 'cost', count: 1 },
    { kind: 'field', key: 'spend' },
  ])
})

test('S-008: the SELECT list has the shown fields but none that Amazon never shows', () => {
  expect(selectList(fieldRows(traffic, { role: 'metric', unit: 'microcents' }, null))).toEqual({
    text: '  spend',
    count: 1,
    left: 0,
  })
  const all = selectList(fieldRows(traffic, {}, null))
  expect([all.count + all.left, all.text.split('\n')]).toEqual([75, expect.arrayContaining(['  clicks,'])])
  expect(all.left).toBe(names({ class: 'VERY_HIGH' }).length)
  expect(all.text).not.toContain('user_id,')
})
