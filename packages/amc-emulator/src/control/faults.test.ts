import { expect, test } from 'vitest'
import { createFaultBox } from './faults.ts'

test('a fault meets the named number of calls of its operation', () => {
  const box = createFaultBox([{ operation: 'createWorkflow', status: 429, times: 2 }])
  expect(box.take('getWorkflow', true)).toBeNull()
  expect([1, 2, 3].map(() => box.take('createWorkflow', true)?.status)).toEqual([429, 429, undefined])
})

test('a star meets every call to AMC until it is cleared, and none to Login with Amazon', () => {
  const box = createFaultBox([])
  box.add({ operation: '*', status: 503 })
  expect([box.take('a', true)?.status, box.take('b', true)?.status, box.take('createToken', false)]).toEqual([
    503,
    503,
    null,
  ])
  box.clear()
  expect(box.take('a', true)).toBeNull()
})

test('no delay is longer than a minute, so that the settle time of 90 s is', () => {
  const box = createFaultBox([])
  expect(() => box.add({ operation: '*', delayBeforeMs: 40_000, delayAfterMs: 20_001 })).toThrow(/60000 at most/)
})
