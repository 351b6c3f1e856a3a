import { expect, test } from 'vitest'
import {
  type Arrangement,
  filteredBy,
  fitting,
  moved,
  placedColumns,
  sortedBy,
  toggled,
  unarranged,
} from './result-arrangement.ts'

test('a column goes from ascending to descending to none, alone or as a further key', () => {
  const once = sortedBy([], 'a', false)
  expect(once).toEqual([{ column: 'a', direction: 'asc' }])
  const twice = sortedBy(once, 'a', false)
  expect(twice).toEqual([{ column: 'a', direction: 'desc' }])
  expect(sortedBy(twice, 'a', false)).toEqual([])
  const both = sortedBy(twice, 'b', true)
  expect(both).toEqual([
    { column: 'a', direction: 'desc' },
    { column: 'b', direction: 'asc' },
  ])
  expect(sortedBy(sortedBy(both, 'b', true), 'b', true)).toEqual(twice)
  expect(sortedBy(both, 'c', false)).toEqual([{ column: 'c', direction: 'asc' }])
})

test('conditions of one column replace those that it had', () => {
  const least = { column: 'n', operator: 'at-least', value: '1' } as const
  const other = { column: 'm', operator: 'is-null' } as const
  expect(filteredBy([least, other], 'n', [])).toEqual([other])
  expect(filteredBy([other], 'n', [least])).toEqual([other, least])
})

test('columns are hidden, come back to their place and move; an address says nothing when all stand as they came', () => {
  const all = ['a', 'b', 'c']
  expect(toggled(all, all, 'b')).toEqual(['a', 'c'])
  expect(toggled(['a', 'c'], all, 'b')).toBeNull()
  expect(toggled(['c'], all, 'c')).toEqual(['c'])
  expect(moved(all, all, 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'c', 'b'], all, 'c', 1)).toBeNull()
  expect(moved(all, all, 'a', -1)).toBeNull()
})

test('what an address names beside the columns of the result is dropped', () => {
  const columns = [{ name: 'a', dataType: 'LONG', columnType: 'METRIC' } as const]
  const asked = {
    sort: [{ column: 'gone', direction: 'asc' } as const],
    filter: [{ column: 'a', operator: 'is-null' } as const],
    columns: ['gone'],
    pinned: ['gone', 'a', 'a'],
  }
  expect(fitting(asked, columns)).toEqual({ sort: [], filter: asked.filter, columns: null, pinned: ['a'] })
})

test('columns that stay in view come first, in the order in which they were chosen, and go back to their place', () => {
  const columns = ['a', 'b', 'c', 'd'].map((name) => ({ name, dataType: 'LONG', columnType: 'METRIC' }) as const)
  const names = (change: Partial<Arrangement>) =>
    placedColumns({ ...unarranged, ...change }, columns).map(({ name }) => name)
  expect(names({ pinned: ['d', 'b'] })).toEqual(['d', 'b', 'a', 'c'])
  expect(names({ pinned: ['d', 'b'], columns: ['c', 'b', 'a'] })).toEqual(['b', 'c', 'a'])
  expect(names({})).toEqual(['a', 'b', 'c', 'd'])
})
