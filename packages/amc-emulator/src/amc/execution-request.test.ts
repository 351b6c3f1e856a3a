import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../settings.ts'
import { jsonBody, readDefinition } from './definition.ts'
import { readExecution } from './execution-request.ts'
import { Refusal } from './refusal.ts'

const body = {
  workflow: { sqlQuery: 'SELECT 1 AS one' },
  timeWindowType: 'EXPLICIT',
  timeWindowStart: '2025-01-20T00:00:00',
  timeWindowEnd: '2025-01-25T00:00:00',
}

const read = (change: object, settings = {}, stored: string | null = null) =>
  readExecution({ ...body, ...change }, { ...defaultSettings, ...settings }, '', (id) =>
    id === stored ? { sqlQuery: 'SELECT 2 AS two' } : null,
  )

function refusalOf(work: () => unknown): [number, string] {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return [error.status, error.message]
    throw error
  }
  throw new Error('was not refused')
}

describe('accepted', () => {
  test('inline SQL without an id gets one', () => {
    expect(read({}).workflowId).toMatch(/^transient_[0-9a-f-]{36}$/)
    expect(read({ workflow: { ...body.workflow, workflowId: 'mine' } }).workflowId).toBe('mine')
  })

  test('a stored workflow is taken as it is now', () => {
    const { workflowId, run } = read({ workflow: undefined, workflowId: 'w' }, {}, 'w')
    expect([workflowId, run.definition.sqlQuery]).toEqual(['w', 'SELECT 2 AS two'])
  })

  test("text of Amazon's samples is converted", () => {
    const { run } = read({ ignoreDataGaps: 'True', dryRun: 'false', workflowExecutionTimeoutSeconds: '86400' })
    expect([run.ignoreDataGaps, run.dryRun, run.timeoutSeconds]).toEqual([true, false, 86_400])
  })

  test('unknown fields are ignored', () => {
    expect(read({ outputFormat: 'CSV' }).run).not.toHaveProperty('outputFormat')
  })

  test('without a window type it is the most recent day', () => {
    const bare = { timeWindowType: undefined, timeWindowStart: undefined, timeWindowEnd: undefined }
    expect(read(bare).run.window).toEqual({ type: 'MOST_RECENT_DAY', start: null, end: null, zone: 'UTC' })
  })
})

describe('refused with 400', () => {
  test.each([
    [{ workflow: undefined }, 'Neither workflow ID or workflow were specified'],
    [{ workflowId: 'w' }, 'Both workflow ID and workflow were specified'],
    [{ workflow: undefined, workflowId: 'w' }, 'Workflow with ID w does not exist'],
    [{ timeWindowStart: '2025-01-20' }, 'timeWindowStart: 2025-01-20 is not a time'],
    [{ timeWindowEnd: '2025-02-30T00:00:00' }, 'timeWindowEnd: 2025-02-30T00:00:00 is not a time'],
    [{ timeWindowEnd: undefined }, 'must both be given'],
    [{ timeWindowEnd: '2025-01-20T00:00:00' }, 'timeWindowEnd must be later'],
    [{ timeWindowType: 'MOST_RECENT_WEEK' }, 'only valid with timeWindowType EXPLICIT'],
    [{ timeWindowType: 'YESTERDAY' }, 'timeWindowType: '],
    [{ timeWindowTimeZone: 'Mars/Base' }, 'timeWindowTimeZone: is not a time zone'],
    [{ workflowExecutionTimeoutSeconds: 60 }, 'workflowExecutionTimeoutSeconds: '],
    [{ workflow: {} }, 'sqlQuery: '],
    [{ workflow: { query: { operations: [{}] } } }, 'query: '],
    [{ parameterValues: { x: { y: 1 } } }, 'parameterValues.x: '],
  ])('%j: %s', (change, words) => {
    const [status, message] = refusalOf(() => read(change))
    expect(status).toBe(400)
    expect(message).toContain(words)
  })

  test('F-05: a window with Z names its field', () => {
    const change = { timeWindowStart: '2025-01-20T00:00:00Z' }
    expect(refusalOf(() => read(change))[1]).toMatch(/^timeWindowStart: 2025-01-20T00:00:00Z is not a time/)
  })
})

test('zoneSuffix: a Z may be made to empty the result or to do nothing', () => {
  const change = { timeWindowStart: '2025-01-20T00:00:00Z', timeWindowEnd: '2025-01-25T00:00:00Z' }
  const empty = read(change, { zoneSuffix: 'empty' }).run
  expect([empty.emptyResult, empty.window.start]).toEqual([true, '2025-01-20T00:00:00'])
  expect(read(change, { zoneSuffix: 'accept' }).run.emptyResult).toBe(false)
  expect(read({}, { zoneSuffix: 'empty' }).run.emptyResult).toBe(false)
})

test('a body that is no JSON is 422, one that is no object 400', () => {
  expect(refusalOf(() => jsonBody('{"a":1} tail'))[0]).toBe(422)
  expect(refusalOf(() => jsonBody(''))[0]).toBe(422)
  expect(refusalOf(() => jsonBody('[1]'))[0]).toBe(400)
})

test('a workflow keeps what the service knows and drops the rest, as recorded', () => {
  const read = readDefinition({
    workflowId: 'w',
    sqlQuery: 'SELECT 1 AS one',
    inputParameters: [
      {
        name: 'ids',
        dataType: { type: 'ARRAY', elementDataType: 'STRING' },
        column_type: 'DIMENSION',
        defaultValue: [],
      },
    ],
    filteredReasonColumn: 'reason',
    madeUp: 1,
  })
  expect(read).toEqual({
    workflowId: 'w',
    sqlQuery: 'SELECT 1 AS one',
    inputParameters: [
      {
        name: 'ids',
        dataType: { type: 'ARRAY', elementDataType: 'STRING', elementNullable: false },
        defaultValue: [],
      },
    ],
    filteredReasonColumn: 'reason',
  })
  expect(refusalOf(() => readDefinition({ workflowId: 'my query', sqlQuery: 'x' }))[1]).toMatch(/^workflowId: /)
})
