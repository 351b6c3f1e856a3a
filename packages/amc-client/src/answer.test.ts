import { AmcExecutionId, AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { describe, expect, test } from 'vitest'
import { AmcError } from './amc-error.ts'
import { readAnswer, retryAfterOf } from './answer.ts'
import { cancelExecutionRequest, createExecutionRequest, getExecutionRequest } from './requests.ts'

const target = { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') }
const instance = AmcInstanceId.parse('amcabcdefgh')
const execution = AmcExecutionId.parse('e')
const read = getExecutionRequest(target, instance, execution, {})
const cancel = cancelExecutionRequest(target, instance, execution)
const create = createExecutionRequest(target, instance, {
  workflow: { sqlQuery: 'SELECT 1 AS one' },
  timeWindowType: 'EXPLICIT',
  timeWindowStart: '2025-01-20T00:00:00',
  timeWindowEnd: '2025-01-25T00:00:00',
  timeWindowTimeZone: 'UTC',
})
const now = new Date('2026-01-01T00:00:00Z')

function raw(status: number, body: string, headers: Record<string, string> = {}) {
  return { status, body, headers: new Headers(headers) }
}

function errorOf(request: Parameters<typeof readAnswer>[0], status: number, body = '', headers = {}): AmcError {
  try {
    readAnswer(request, raw(status, body, headers), now)
  } catch (error) {
    if (error instanceof AmcError) return error
    throw error
  }
  throw new Error('no error')
}

describe('a status means', () => {
  test.each([
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [415, 'refused'],
    [422, 'refused'],
    [429, 'throttled'],
    [500, 'unavailable'],
    [504, 'unavailable'],
    [302, 'unreadable'],
  ])('%i: %s', (status, kind) => {
    expect(errorOf(read, status)).toMatchObject({ kind, status, lost: false })
  })

  test('F-44: a change that met 5xx may have been carried out, one that met 4xx was not', () => {
    expect([500, 502, 504].map((status) => errorOf(create, status).lost)).toEqual([true, true, true])
    expect([400, 401, 403, 429].map((status) => errorOf(create, status).lost)).toEqual([false, false, false, false])
    expect(errorOf(cancel, 504).lost).toBe(true)
  })
})

test('the words and the request id of a refusal are kept', () => {
  const error = errorOf(create, 400, '{"code":"400","details":"Column \'x\' not found in any table"}', {
    'x-amz-rid': 'ABCDEFGHIJ0123456789',
  })
  expect(error).toMatchObject({
    amcMessage: "Column 'x' not found in any table",
    amcRequestId: 'ABCDEFGHIJ0123456789',
    operation: 'createWorkflowExecution',
  })
})

test('an answer of another form is unreadable, and a created run then counts as lost', () => {
  expect(errorOf(create, 200, 'nonsense')).toMatchObject({ kind: 'unreadable', lost: true })
  expect(errorOf(read, 200, '{"status":"PENDING"}')).toMatchObject({ kind: 'unreadable', lost: false })
})

test('an empty body confirms a change', () => {
  expect(readAnswer(cancel, raw(200, ''), now)).toBeUndefined()
})

test('Retry-After in seconds, as a date, absent and broken', () => {
  expect(retryAfterOf('7', now)).toBe(7000)
  expect(retryAfterOf('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9000)
  expect(retryAfterOf('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0)
  expect(retryAfterOf(null, now)).toBeNull()
  expect(retryAfterOf('soon', now)).toBeNull()
  expect(errorOf(read, 429, '', { 'retry-after': '3' }).retryAfterMs).toBe(3000)
})
