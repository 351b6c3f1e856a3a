import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('pauses double with each failure, respect Retry-After and end at ten minutes', () => {
  expect(backoffMs(0, 1000, null, 1)).toBe(1000)
  expect(backoffMs(3, 1000, null, 1)).toBe(8000)
  expect(backoffMs(0, 1000, 30_000, 1)).toBe(30_000)
  expect(backoffMs(100, 1000, null, 1)).toBe(600_000)
})

test('callers that failed together do not come back together', () => {
  expect(backoffMs(3, 1000, null, 0)).toBe(6400)
})
