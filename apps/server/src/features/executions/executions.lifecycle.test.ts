import { ExecutionStatus, finalStatuses, isFinal } from '@recomamp/contracts'
import { amcExecutionStatuses, isFinalAmcStatus } from '@recomamp/amc-wire'
import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { afterEvent, eventOfAmcStatus, type ExecutionEvent, ignored, lifecycle } from './executions.lifecycle.ts'

const statuses = ExecutionStatus.options
const events: ExecutionEvent[] = [
  'claimed',
  'postponed',
  'accepted',
  'refused',
  'started',
  'succeeded',
  'failed',
  'checked',
  'stored',
  'results-lost',
  'cancelled',
]

test('S-191: every state answers every event with a state or with nothing', () => {
  expect(Object.keys(lifecycle).sort()).toEqual([...statuses].sort())
  for (const status of statuses) {
    expect(Object.keys(lifecycle[status]).sort()).toEqual([...events].sort())
    for (const event of events) expect([...statuses, ignored]).toContain(lifecycle[status][event])
  }
})

test('no sequence of events leaves a final state', () => {
  const walk = (sequence: readonly ExecutionEvent[]) => {
    const visited: ExecutionStatus[] = ['queued']
    for (const event of sequence) {
      const last = visited.at(-1) ?? 'queued'
      visited.push(afterEvent(last, event) ?? last)
    }
    return visited
  }
  const sequences = array(constantFrom(...events))
  assert(
    property(sequences, (sequence) => {
      const visited = walk(sequence)
      const end = visited.find(isFinal)
      const afterIt = end === undefined ? [] : visited.slice(visited.indexOf(end))
      expect(new Set(afterIt).size).toBeLessThanOrEqual(1)
    }),
  )
  expect(walk(['claimed', 'accepted', 'failed', 'claimed', 'succeeded']).at(-1)).toBe('failed')
})

test('F-44: only stored rows complete an execution that has any, and what AMC may know of never becomes sendable by a late answer', () => {
  const ways = (to: ExecutionStatus) =>
    statuses.flatMap((from) => events.filter((event) => afterEvent(from, event) === to).map((event) => [from, event]))
  expect(ways('completed')).toEqual([
    ['submitting', 'checked'],
    ['pending', 'checked'],
    ['running', 'checked'],
    ['ingesting', 'stored'],
  ])
  expect(ways('submitting')).toEqual([['queued', 'claimed']])
  expect(ways('queued')).toEqual([['submitting', 'postponed']])
})

test('every state that is not final leads to each end that it can have', () => {
  for (const status of statuses.filter((one) => !isFinal(one))) {
    const reached = new Set<ExecutionStatus>([status])
    for (const from of reached)
      for (const event of events) {
        const next = afterEvent(from, event)
        if (next !== null) reached.add(next)
      }
    for (const end of finalStatuses) expect([...reached]).toContain(end)
  }
})

test('AMC words that end a run end it here, and unknown ones count as still going', () => {
  for (const word of amcExecutionStatuses) {
    const next = afterEvent('running', eventOfAmcStatus(word))
    expect(next === null).toBe(!isFinalAmcStatus(word))
  }
  expect(afterEvent('pending', eventOfAmcStatus('COMPILING_SOMETHING_NEW'))).toBe('running')
})
