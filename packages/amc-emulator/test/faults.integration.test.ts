import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AmcWorkflowId } from '@recomamp/amc-wire'
import { connect, lastWeek, openEmulator, openTestEngine } from './open-emulator.ts'
import type { TestEmulator } from './open-emulator.ts'

const engine = openTestEngine()
let world: TestEmulator
let clock = new Date()

beforeAll(async () => {
  await engine.ready
  world = await openEmulator(engine, {
    timeoutMs: 400,
    now: () => clock,
    settings: { accessTokenSeconds: 60 },
  })
})
beforeEach(() => world.emulator.faults.clear())
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await engine.close()
})

const run = (workflowId: string) => ({
  ...lastWeek,
  workflow: { sqlQuery: 'SELECT 1 AS one', workflowId: AmcWorkflowId.parse(workflowId) },
})
const create = (workflowId: string) => world.amc.createWorkflowExecution(world.target, world.instance, run(workflowId))

describe('F-44: an answer that is lost', () => {
  test('behind the work: the run exists once, and the client says that it may', async () => {
    world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, drop: 'after' })
    await expect(create('lost-after')).rejects.toMatchObject({ kind: 'unreachable', lost: true })
    expect(world.emulator.count('execution', 'lost-after')).toBe(1)
    const workflowId = AmcWorkflowId.parse('lost-after')
    const pages = world.amc.listWorkflowExecutions(world.target, world.instance, { workflowId })
    expect((await Array.fromAsync(pages)).flat()).toHaveLength(1)
  })

  test('before the work: there is no run, and the client cannot know', async () => {
    world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, drop: 'before' })
    await expect(create('lost-before')).rejects.toMatchObject({ kind: 'unreachable', lost: true })
    expect(world.emulator.count('execution', 'lost-before')).toBe(0)
  })

  test('by a delay behind the work that is longer than the time-out', async () => {
    world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, delayAfterMs: 600 })
    await expect(create('slow-after')).rejects.toMatchObject({ kind: 'unreachable', lost: true })
    expect(world.emulator.count('execution', 'slow-after')).toBe(1)
  })

  test('by a gateway that gave up: the body of a gateway, no repetition', async () => {
    world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, status: 504 })
    await expect(create('gateway')).rejects.toMatchObject({
      kind: 'unavailable',
      status: 504,
      lost: true,
      amcMessage: 'Endpoint request timed out',
    })
    expect(world.emulator.count('execution', 'gateway')).toBe(0)
  })
})

test('a delay before the work that the client outlives does no harm', async () => {
  world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, delayBeforeMs: 100 })
  expect((await create('delayed')).status).toBe('PENDING')
})

test('429 says when to come back', async () => {
  world.emulator.faults.add({ operation: '*', times: 1, status: 429, retryAfterSeconds: 2 })
  // A client of its own: it leaves the instance alone for as long as it was told.
  await expect(connect(world.emulator).amc.getInstance(world.target, world.instance)).rejects.toMatchObject({
    kind: 'throttled',
    amcMessage: 'Too Many Requests',
    retryAfterMs: 2000,
  })
  expect((await world.amc.getInstance(world.target, world.instance)).instanceId).toBe(world.instance)
})

test('one 401 is answered by one renewal and one repetition, and the run is counted once', async () => {
  world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, status: 401 })
  const renewals = world.emulator.count('refresh_token')
  expect((await create('renewed')).status).toBe('PENDING')
  expect(world.emulator.count('refresh_token')).toBe(renewals + 1)
  expect(world.emulator.count('execution', 'renewed')).toBe(1)
})

test('F-36: a 403 renews nothing', async () => {
  world.emulator.faults.add({ operation: '*', times: 1, status: 403, details: 'Unauthorized request.' })
  const renewals = world.emulator.count('refresh_token')
  await expect(create('forbidden')).rejects.toMatchObject({ kind: 'forbidden', lost: false })
  expect(world.emulator.count('refresh_token')).toBe(renewals)
})

test('an access token that has expired is renewed once, and the call goes through', async () => {
  await world.amc.getInstance(world.target, world.instance)
  const renewals = world.emulator.count('refresh_token')
  clock = new Date(clock.getTime() + 61_000)
  expect((await world.amc.getInstance(world.target, world.instance)).instanceId).toBe(world.instance)
  expect(world.emulator.count('refresh_token')).toBe(renewals + 1)
})

test('every execution can be made to end rejected', async () => {
  world.emulator.settings.rejectExecutions = 'too many workflows have already been run'
  const { status, statusReason } = await world.runToEnd(run('rejected'))
  world.emulator.settings.rejectExecutions = null
  expect([status, statusReason]).toEqual(['REJECTED', 'too many workflows have already been run'])
})

describe('from another process', () => {
  const control = (path: string, init: RequestInit = {}) =>
    fetch(`${world.emulator.url}/_emulator/${path}`, {
      headers: init.body === undefined ? {} : { 'content-type': 'application/json' },
      ...init,
    })

  test('faults and settings are set, and refused when they are none', async () => {
    const added = await control('faults', {
      method: 'POST',
      body: JSON.stringify({ operation: 'getInstance', times: 1, status: 500 }),
    })
    expect(added.status).toBe(204)
    await expect(world.amc.getInstance(world.target, world.instance)).rejects.toMatchObject({ status: 500 })
    const wrong = await control('faults', { method: 'POST', body: JSON.stringify({ operation: 'x', dropp: 'after' }) })
    expect(wrong.status).toBe(400)
    const settings = await control('settings', { method: 'PUT', body: JSON.stringify({ runningMs: 7 }) })
    expect(await settings.json()).toMatchObject({ runningMs: 7, linkSeconds: 600 })
    world.emulator.settings.runningMs = 0
  })

  test('counts can be read', async () => {
    await create('counted')
    const counts = (await (await control('counts')).json()) as Record<string, Record<string, number>>
    expect(counts['execution']?.['counted']).toBe(1)
    expect(counts['call']?.['createWorkflowExecution']).toBeGreaterThan(0)
  })

  test('a page of another site can change nothing: plain text is refused', async () => {
    const answer = await control('faults', { method: 'POST', body: '{"operation":"*"}', headers: {} })
    expect(answer.status).toBe(415)
  })
})

test('two emulators on one folder: the second refuses with a clear message', async () => {
  await expect(openEmulator(engine, { dataDir: world.dataDir })).rejects.toThrow(/Another emulator uses .*; stop it/)
})
