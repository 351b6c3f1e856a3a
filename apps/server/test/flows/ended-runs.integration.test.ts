import { usualKind, eventually, startWorld, type World } from '@recomamp/testkit'
import {
  cancelExecution,
  type Execution,
  getExecution,
  getResults,
  getWorkflow,
  listExecutions,
  ParameterDeclaration,
} from '@recomamp/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anInstance, aQuery, byCampaign, type Caller, ended, reached, run } from './runs.ts'

const cancelCall = 'updateWorkflowExecution'
const create = 'createWorkflowExecution'

/** One for all tests. */
let world: World

/** Long enough that a test ends the run first, however busy the machine is. */
const untilEnded = 60_000

describe.each(usualKind)('runs that are ended or only checked, on %s', (database) => {
  beforeAll(async () => {
    world = await startWorld({ database })
  })

  beforeEach(() => {
    world.emulator.settings.pendingMs = untilEnded
    world.emulator.faults.clear()
  })

  afterAll(() => world[Symbol.asyncDispose]())

  const cancel = (person: Caller, { id }: Execution) => person.call(cancelExecution, { params: { executionId: id } })
  const read = (person: Caller, { id }: Execution) => person.call(getExecution, { params: { executionId: id } })

  test('S-060 S-155: a run that AMC works on is ended there, and is cancelled once AMC says so', async () => {
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    world.emulator.faults.add({ operation: cancelCall, times: 1, delayBeforeMs: 700 })
    const asked = await cancel(ana, execution)
    expect(asked).toMatchObject({ status: 'pending', cancellation: { failure: null } })
    const done = await ended(ana, execution)
    expect(done).toMatchObject({ status: 'cancelled', amcStatus: 'CANCELLED', cancellation: { failure: null } })
    expect(world.emulator.count('call', cancelCall)).toBe(1)
    // The same wish again changes nothing and is no fault.
    expect(await cancel(ana, execution)).toMatchObject({ status: 'cancelled' })
  })

  test('a run that waits here is ended without a call, and its slot is free for the next', async () => {
    await using narrow = await startWorld({
      database,
      env: { EXECUTION_SLOTS: '1' },
      emulator: { timings: { pendingMs: 1000, runningMs: 20 } },
    })
    const ana = await narrow.signIn('ana')
    const query = await aQuery(ana)
    const { id: instanceId } = await anInstance(ana)
    const first = await run(ana, query, { instanceId })
    await reached(ana, first, 'pending')
    const second = await run(ana, query, { instanceId })
    expect(await cancel(ana, second)).toMatchObject({ status: 'cancelled', amcExecutionId: null })
    expect(await ended(ana, first)).toMatchObject({ status: 'completed' })
    await expect(cancel(ana, first)).rejects.toMatchObject({ type: 'execution-ended', status: 409 })
    expect(narrow.emulator.count('execution')).toBe(1)
  })

  test('a run that is being sent is ended as soon as AMC has named it', async () => {
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 1, delayAfterMs: 800 })
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'submitting')
    expect(await cancel(ana, execution)).toMatchObject({ status: 'submitting' })
    expect(await ended(ana, execution)).toMatchObject({ status: 'cancelled', amcStatus: 'CANCELLED' })
  })

  test('a submission that AMC did not take is not sent again once it is to end', async () => {
    await using quick = await startWorld({ database, env: { EXECUTION_SETTLE_SECONDS: '2' } })
    const ben = await quick.signIn('ben')
    quick.emulator.faults.add({ operation: create, times: 1, drop: 'before' })
    const execution = await run(ben, await aQuery(ben))
    await reached(ben, execution, 'submitting')
    await cancel(ben, execution)
    expect(await ended(ben, execution)).toMatchObject({ status: 'cancelled', amcExecutionId: null })
    expect(quick.emulator.count('execution')).toBe(0)
  })

  test('what AMC says against it is kept beside the run, which goes on', async () => {
    world.emulator.settings.pendingMs = 2000
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    world.emulator.faults.add({ operation: cancelCall, times: 1, status: 400, details: 'It cannot be ended.' })
    await cancel(ana, execution)
    const refused = await eventually(async () => {
      const now = await read(ana, execution)
      return now.cancellation?.failure ? now : undefined
    })
    expect(refused.cancellation?.failure).toEqual({
      message: 'AMC did not end the run',
      amcMessage: 'It cannot be ended.',
      again: false,
    })
    expect(await ended(ana, execution)).toMatchObject({ status: 'completed' })
  })

  test('a wish that comes too late leaves the run its true end', async () => {
    world.emulator.settings.pendingMs = 3000
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    // While AMC ends the run, nobody here hears of it.
    world.emulator.faults.add({ operation: 'listWorkflowExecutions', status: 500 })
    world.emulator.faults.add({ operation: cancelCall, times: 1, delayBeforeMs: 4500 })
    await cancel(ana, execution)
    const done = await ended(ana, execution)
    expect(done).toMatchObject({
      status: 'completed',
      amcStatus: 'SUCCEEDED',
      cancellation: { failure: { message: 'The run had already ended at AMC' } },
    })
  })

  test('an AMC that does not answer is asked again, and the wish says so meanwhile', async () => {
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    world.emulator.faults.add({ operation: cancelCall, times: 1, status: 500 })
    await cancel(ana, execution)
    await eventually(async () => (await read(ana, execution)).cancellation?.failure?.again === true)
    expect(await ended(ana, execution)).toMatchObject({ status: 'cancelled', cancellation: { failure: null } })
  })

  test('what belongs to another workspace cannot be ended', async () => {
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    const ben = await world.signIn('ben')
    await expect(cancel(ben, execution)).rejects.toMatchObject({ type: 'execution-not-found' })
    await cancel(ana, execution)
  })

  test('S-063: a text is tried without being saved; as a dry run AMC only tells its columns', async () => {
    world.emulator.settings.pendingMs = 20
    const ana = await world.signIn('ana')
    const query = await aQuery(ana, 'SELECT 1 AS saved')
    const declared = ParameterDeclaration.parse({ name: 'device', type: 'STRING', list: false, whenEmpty: 'error' })
    const unsaved = {
      sqlQuery: byCampaign.replace('GROUP', 'WHERE device_type <> {{device}}\nGROUP'),
      parameters: [declared],
    }
    const request = { version: undefined, unsaved, values: { device: 'TV' } }
    const check = await ended(ana, await run(ana, query, { ...request, dryRun: true }))
    expect(check).toMatchObject({
      status: 'completed',
      version: null,
      dryRun: true,
      rowCount: null,
      amcStatus: 'SUCCEEDED',
    })
    expect(check.columns.map(({ name, dataType }) => [name, dataType])).toEqual([
      ['campaign', 'STRING'],
      ['impressions', 'LONG'],
    ])
    await expect(ana.call(getResults, { params: { executionId: check.id } })).rejects.toMatchObject({
      type: 'results-not-ready',
    })
    const tried = await ended(ana, await run(ana, query, request))
    expect(tried).toMatchObject({ status: 'completed', version: null, dryRun: false, template: unsaved.sqlQuery })
    expect(tried.rowCount).toBeGreaterThan(0)
    // No version came of it, and the check is not what the query shows as its latest run.
    const after = await ana.call(getWorkflow, { params: { workflowId: query.id } })
    expect([after.version, after.current.sqlQuery]).toEqual([1, 'SELECT 1 AS saved'])
    expect(after.latestExecution?.id).toBe(tried.id)
    expect((await ana.call(listExecutions, { query: { workflowId: query.id } })).total).toBe(2)
  })

  test('a run is of a version or of an unsaved text, never of both', async () => {
    const ana = await world.signIn('ana')
    const both = run(ana, await aQuery(ana), { unsaved: { sqlQuery: byCampaign, parameters: [] } })
    await expect(both).rejects.toMatchObject({ type: 'input-invalid' })
  })
})
