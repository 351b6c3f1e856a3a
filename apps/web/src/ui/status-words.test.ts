import { ExecutionStatus } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { markOf } from './status-words.ts'

test('every status has a word of its own', () => {
  const words = ExecutionStatus.options.map((status) => markOf({ status, amcStatus: null }).word)
  expect(new Set(words).size).toBe(words.length)
})

test("AMC's own word decides where it tells more, and an unknown one is shown as it is", () => {
  expect(markOf({ status: 'failed', amcStatus: 'REJECTED' }).word).toBe('Rejected')
  expect(markOf({ status: 'running', amcStatus: 'PUBLISHING' }).word).toBe('Publishing')
  expect(markOf({ status: 'pending', amcStatus: 'WARMING_UP' }).word).toBe('Running (AMC says WARMING_UP)')
  expect(markOf({ status: 'completed', amcStatus: 'WARMING_UP' }).word).toBe('Succeeded')
})
