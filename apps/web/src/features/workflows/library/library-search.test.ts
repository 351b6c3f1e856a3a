import { expect, test } from 'vitest'
import { addressOfShelf, filterOf, isNarrowed, LibrarySearch, orderOf, shelfOf, sortedBy } from './library-search.ts'

test('an address is read, and what it does not mean is dropped', () => {
  const read = LibrarySearch.parse({ q: 'reach', owner: 'nobody', sort: 'size', copy: 'behind', tag: '', run: 'never' })
  expect(filterOf(read)).toEqual({ sort: 'updated', order: 'desc', q: 'reach', copy: 'behind', outcome: 'never' })
  expect([isNarrowed(read), isNarrowed({ owner: 'me', sort: 'name' })]).toEqual([true, false])
})

test('every shelf has an address of its own', () => {
  const shelves = ['all', 'mine', 'others', 'drafts', 'trash'] as const
  for (const shelf of shelves) expect(shelfOf(addressOfShelf(shelf))).toBe(shelf)
  expect(new Set(shelves.map((shelf) => JSON.stringify(addressOfShelf(shelf)))).size).toBe(shelves.length)
})

test('a press on a head sorts by it in its usual order, the next one the other way around', () => {
  const once = { sort: sortedBy({}, 'name') }
  const twice = { sort: sortedBy(once, 'name') }
  expect([orderOf(once), orderOf(twice)]).toEqual([
    { sort: 'name', order: 'asc' },
    { sort: 'name', order: 'desc' },
  ])
  expect(sortedBy(twice, 'updated')).toBeUndefined()
  expect(orderOf({ sort: sortedBy({}, 'updated') })).toEqual({ sort: 'updated', order: 'asc' })
})
