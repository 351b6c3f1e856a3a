import { describe, expect, test } from 'vitest'
import { ExecutionsSearch, filterOf } from './list-search.ts'

describe('the address of the list of executions', () => {
  test('drops what it does not know and keeps the rest', () => {
    const search = ExecutionsSearch.parse({ status: 'open', since: 'ever', i: 'no id', q: 'reach', other: 1 })
    expect(search).toEqual({ status: 'open', q: 'reach' })
  })

  test('means the same instant for an hour, whenever it is opened in it', () => {
    const early = filterOf({ since: '7d' }, new Date('2026-11-23T14:00:01Z'))
    const late = filterOf({ since: '7d' }, new Date('2026-11-23T14:59:59Z'))
    expect(early).toEqual(late)
    expect(early.since).toBe('2026-11-16T14:00:00.000Z')
    expect(filterOf({ q: '  ' }, new Date()).q).toBeUndefined()
  })
})
