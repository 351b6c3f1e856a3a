import { describe, expect, test } from 'vitest'
import {
  AmcDateTime,
  AmcExecutionAnswer,
  amazonHosts,
  countryOfMarketplace,
  ExecutionSent,
  isFinalAmcStatus,
  readErrorBody,
  WorkflowSent,
} from './index.ts'

const run = {
  workflow: { sqlQuery: 'SELECT 1 AS one' },
  timeWindowType: 'EXPLICIT',
  timeWindowStart: '2025-01-20T00:00:00',
  timeWindowEnd: '2025-01-25T00:00:00',
  timeWindowTimeZone: 'UTC',
}

describe('reading', () => {
  test('unknown fields stay outside and an unknown status is kept as it came', () => {
    const read = AmcExecutionAnswer.parse({ workflowExecutionId: 'x', status: 'DREAMING', rowCount: 3 })
    expect(read.status).toBe('DREAMING')
    expect(read).not.toHaveProperty('rowCount')
    expect(isFinalAmcStatus(read.status)).toBe(false)
  })

  test('an optional field of another form becomes null, an identity of another form is an error', () => {
    const read = AmcExecutionAnswer.parse({
      workflowExecutionId: 'x',
      status: 'RUNNING',
      executionTime: {},
      createTime: 5,
    })
    expect([read.executionTime, read.createTime]).toEqual([null, null])
    expect(() => AmcExecutionAnswer.parse({ workflowExecutionId: 7, status: 'RUNNING' })).toThrow(/workflowExecutionId/)
    expect(() => AmcExecutionAnswer.parse([])).toThrow(/object/)
  })

  test('numbers and flags may come as text', () => {
    const read = AmcExecutionAnswer.parse({
      workflowExecutionId: 'x',
      status: 'PENDING',
      workflowExecutionTimeoutSeconds: '86400',
      disableAggregationControls: 'True',
    })
    expect(read).toMatchObject({ workflowExecutionTimeoutSeconds: 86_400, disableAggregationControls: true })
  })

  test.each(['SUCCEEDED', 'FAILED', 'CANCELLED', 'REJECTED'])('%s is final', (status) => {
    expect(isFinalAmcStatus(status)).toBe(true)
  })

  test.each(['PENDING', 'RUNNING', 'PUBLISHING'])('%s is not final', (status) => {
    expect(isFinalAmcStatus(status)).toBe(false)
  })

  test('an error body may be JSON of any form, XML of the store, or plain text', () => {
    expect(readErrorBody('{"code":400,"details":"d","message":"m"}').message).toBe('d')
    expect(
      readErrorBody('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>').message,
    ).toBe('Request has expired')
    expect(readErrorBody('bad gateway\n').message).toBe('bad gateway')
    expect(readErrorBody('').message).toBeNull()
    expect(readErrorBody('[1]').message).toBe('[1]')
  })

  test('countries of marketplaces, null for one that is new', () => {
    expect(countryOfMarketplace('A1F83G8C2ARO7P')).toBe('GB')
    expect(countryOfMarketplace('ANEWONE')).toBeNull()
  })

  test('S-236: each region has its own hosts', () => {
    const hosts = Object.values(amazonHosts).flatMap((region) => [
      region.authorizeUrl,
      region.tokenUrl,
      region.adsApiUrl,
    ])
    expect(new Set(hosts).size).toBe(9)
  })
})

describe('writing', () => {
  test('F-05: a time with a zone cannot be made', () => {
    for (const text of ['2025-01-20T00:00:00Z', '2025-01-20T00:00:00+01:00', '2025-01-20', '2025-01-20T00:00:00.000'])
      expect(AmcDateTime.safeParse(text).success).toBe(false)
  })

  test('a field that AMC does not know is refused at its place', () => {
    expect(ExecutionSent.safeParse(run).success).toBe(true)
    const unknown = ExecutionSent.safeParse({ ...run, outputFormat: 'CSV' })
    expect(unknown.error?.issues[0]?.message).toMatch(/outputFormat/)
    const inside = ExecutionSent.safeParse({ ...run, workflow: { ...run.workflow, sql: 'x' } })
    expect(inside.error?.issues[0]?.path).toEqual(['workflow'])
    expect(
      WorkflowSent.safeParse({
        workflowId: 'w',
        sqlQuery: 'SELECT 1 AS one',
        inputParameters: [{ name: 'x', dataType: 'STRING', column_type: 'DIMENSION' }],
      }).success,
    ).toBe(false)
  })

  test('exactly one of workflowId and workflow, and a window that runs forward', () => {
    expect(ExecutionSent.safeParse({ ...run, workflowId: 'w' }).success).toBe(false)
    expect(ExecutionSent.safeParse({ ...run, workflow: undefined }).success).toBe(false)
    expect(ExecutionSent.safeParse({ ...run, timeWindowEnd: run.timeWindowStart }).success).toBe(false)
  })

  test('F-43: a workflow id is checked by its pattern and kept whole', () => {
    const long = `recomamp-${'0123456789abcdef'.repeat(8)}`
    expect(WorkflowSent.parse({ workflowId: long, sqlQuery: 'SELECT 1 AS one' }).workflowId).toBe(long)
    expect(WorkflowSent.safeParse({ workflowId: 'my query', sqlQuery: 'SELECT 1 AS one' }).success).toBe(false)
  })
})
