import { expect, test } from 'vitest'
import { addUp, percentile } from './call-figures.ts'
import { loopsOf } from './loop-state.ts'

const now = new Date('2026-11-27T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString()
const loop = (name: string, silentSeconds: number, failed = false) => ({
  name,
  everyMs: 10_000,
  lastSignAt: ago(silentSeconds),
  rounds: [{ at: ago(silentSeconds), tookMs: 5, failed }],
})

test('F-25: a loop that gives no sign of life for two rounds is late, for five overdue; the process that was heard last counts', () => {
  const loops = loopsOf([[loop('a', 30), loop('b', 45), loop('c', 80), loop('d', 1, true)], [loop('c', 200)]], now)
  expect(loops.map(({ name, state }) => [name, state])).toEqual([
    ['a', 'on-time'],
    ['b', 'late'],
    ['c', 'overdue'],
    ['d', 'failing'],
  ])
  expect(loopsOf([[loop('c', 200)], [loop('c', 1)]], now)).toMatchObject([{ state: 'on-time', processes: 1 }])
})

test('calls of several processes are added up', () => {
  const record = { operation: 'x', outcomes: { ok: 90, 'slowed-down': 5 }, within: { '0.1': 50, '1': 95, '+Inf': 95 } }
  expect(addUp([record, { ...record, outcomes: { 'no-answer': 5 }, within: { '0.1': 0, '1': 0, '+Inf': 5 } }])).toEqual(
    [{ operation: 'x', sent: 100, refused: 0, slowedDown: 5, failed: 5, p95Ms: 1000 }],
  )
  expect(percentile({}, 0.95)).toBeNull()
  expect(percentile({ '1': 1, '+Inf': 2 }, 0.95)).toBeNull()
})
