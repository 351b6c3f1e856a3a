import { ExecutionStatus, finalStatuses, isFinal } from '@recomamp/contracts'
import { amcExecutionStatuses, isFinalAmcStatus } from '@recomamp/amc-wire'
import fc from 'fast-check'
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
  'stored',
  'results-lost',
  'cancelled',
]

test('every state answers every event with a state or with nothing', () => {
  expect(Object.keys(lifecycle).sort()).toEqual([...statuses].sort())
  for (const status of statuses) {
    expect(Object.keys(lifecycle[status]).sort()).toEqual([...events].sort())
    for (const event of events) expect([...statuses, ignored]).toContain(lifecycle[status][event])
  }
})

test('no sequence of events leaves a final state', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events)), (sequence) => {
      let status: ExecutionStatus = 'queued'
      let ended: ExecutionStatus | null = null
      for (const event of sequence) {
        status = afterEvent(status, event) ?? status
        if (ended !== null) expect(status).toBe(ended)
        else if (isFinal(status)) ended = status
      }
    }),
  )
})

test('F-44: an execution is completed only by stored rows, and AMC is only called for what was claimed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...statuses), fc.constantFrom(...events), (status, event) => {
      const next = afterEvent(status, event)
      if (next === 'completed') expect([status, event]).toEqual(['ingesting', 'stored'])
      if (next === 'submitting') expect([status, event]).toEqual(['queued', 'claimed'])
      // An answer that arrives late must not bring an execution back to where it may be sent.
      if (next === 'queued') expect([status, event]).toEqual(['submitting', 'postponed'])
    }),
  )
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
