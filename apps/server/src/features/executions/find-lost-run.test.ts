import { AmcExecution, AmcExecutionId, AmcWorkflowId, ExecutionSent } from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import { findLostRun } from './find-lost-run.ts'

const sent = {
  amcWorkflowId: AmcWorkflowId.parse('recomamp-1'),
  request: ExecutionSent.parse({
    workflow: { workflowId: 'recomamp-1', sqlQuery: 'SELECT 1' },
    timeWindowType: 'EXPLICIT',
    timeWindowStart: '2026-11-01T00:00:00',
    timeWindowEnd: '2026-11-08T00:00:00',
    timeWindowTimeZone: 'Europe/Berlin',
  }),
}

function run(id: string, createTime: string, rest: object = {}) {
  return AmcExecution.parse({
    workflowExecutionId: id,
    workflowId: 'recomamp-1',
    status: 'PENDING',
    createTime,
    timeWindowStartOriginal: '2026-11-01T00:00:00',
    timeWindowEndOriginal: '2026-11-08T00:00:00',
    timeWindowTimeZoneOriginal: 'Europe/Berlin',
    parameterValues: {},
    ...rest,
  })
}

test('F-44: the oldest run of ours that no row holds is found', () => {
  const listed = [run('c', '2026-11-20T10:00:03Z'), run('b', '2026-11-20T10:00:02Z'), run('a', '2026-11-20T10:00:01Z')]
  expect(findLostRun(listed, sent, new Set())?.workflowExecutionId).toBe('a')
  expect(findLostRun(listed, sent, new Set([AmcExecutionId.parse('a')]))?.workflowExecutionId).toBe('b')
})

test('F-44: a run of another workflow, window, zone or values is never adopted', () => {
  const others = [
    { workflowId: 'recomamp-2' },
    { timeWindowStartOriginal: '2026-10-31T00:00:00' },
    { timeWindowEndOriginal: '2026-11-09T00:00:00' },
    { timeWindowTimeZoneOriginal: 'UTC' },
    { parameterValues: { days: 7 } },
  ]
  for (const other of others) expect(findLostRun([run('a', '2026-11-20T10:00:01Z', other)], sent, new Set())).toBeNull()
})

test('F-44: what an answer leaves out contradicts nothing, so the run is found and not sent twice', () => {
  const silent = { timeWindowStartOriginal: null, timeWindowEndOriginal: null, timeWindowTimeZoneOriginal: null }
  const found = findLostRun([run('a', '2026-11-20T10:00:01Z', silent)], sent, new Set())
  expect(found?.workflowExecutionId).toBe('a')
})
