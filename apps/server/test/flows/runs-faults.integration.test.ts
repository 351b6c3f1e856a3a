import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseKinds, usualKind, eventually, startWorld, type World } from '@recomamp/testkit'
import { type Execution, ExecutionId, getExecution, getExecutionStatus } from '@recomamp/contracts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { claimSubmission, postpone } from '#features/executions/submissions.store.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, anInstance, ended, reached, run } from './runs.ts'

const create = 'createWorkflowExecution'

/** Each test has a world of its own and mostly waits. */
describe.concurrent.each(usualKind)('faults on %s', (database) => {
  test('S-097: a rejected run keeps the words of AMC and marks the place in the text of the user', async () => {
    const words = "From line 4, column 9 to line 4, column 16: Column 'campaing' not found in any table"
    await using world = await startWorld({ database, emulator: { settings: { rejectExecutions: words } } })
    const ana = await world.signIn('ana')
    // The place behind the value moves: AMC counts in the text that it got.
    const template =
      "SELECT campaign, '{{label}}' AS label, COUNT(*) AS n FROM dsp_impressions\nGROUP BY\n  1, 2, campaign"
    const label = { name: 'label', type: 'STRING', list: false, whenEmpty: 'error' } as const
    const query = await aQuery(ana, template, [label])
    const done = await ended(ana, await run(ana, query, { values: { label: 'a long\ntext' } }))
    expect(done).toMatchObject({
      status: 'failed',
      amcStatus: 'REJECTED',
      failure: { cause: 'amc-rejected', amcMessage: words },
    })
    // The value holds a line break, so line 4 of AMC is line 3 here.
    expect(done.failure?.place).toMatchObject({ line: 3, column: 9 })
    const { from, to } = done.failure?.place ?? { from: 0, to: 0 }
    expect(template.slice(from, to)).toBe('campaign')
    expect(world.emulator.count('execution')).toBe(1)
  })

  test('AMC says no to the call: the run has failed with its words and request id, and is not sent again', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const details = 'Terms and conditions must be accepted to continue'
    world.emulator.faults.add({ operation: create, status: 403, details })
    const done = await ended(ana, await run(ana, await aQuery(ana)))
    expect(done).toMatchObject({
      status: 'failed',
      amcStatus: null,
      failure: { cause: 'amc-refused', amcMessage: details, amcRequestId: expect.stringMatching(/\S/), place: null },
    })
    await wait(1500)
    expect(world.emulator.count('call', create)).toBe(1)
  })

  test('F-44: a run whose answer was lost is found at AMC and not sent twice', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 1, drop: 'after' })
    const done = await ended(ana, await run(ana, await aQuery(ana)))
    expect(done).toMatchObject({ amcExecutionId: expect.stringMatching(/\S/), amcStatus: 'SUCCEEDED' })
    expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
    expect(world.emulator.count('call', create)).toBe(1)
  })

  test('F-44: a run that never arrived is sent again, but not before the settle time', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 1, drop: 'before' })
    const execution = await run(ana, await aQuery(ana))
    await eventually(() => world.emulator.count('call', 'listWorkflowExecutions') >= 2)
    expect(await statusOf(world, execution)).toBe('submitting')
    expect(world.emulator.count('execution')).toBe(0)
    world.clock.advance(91_000)
    const done = await ended(ana, execution)
    expect(done.amcStatus).toBe('SUCCEEDED')
    expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
  })

  test('F-44: one answer that lacks a lost run does not make it run twice', async () => {
    const lists = { lacking: 0, answered: 0 }
    await using world = await startWorld({
      database,
      between: {
        answer({ method, path }, answer) {
          if (method !== 'GET' || !/\/workflowExecutions(\?|$)/.test(path)) return answer
          lists.answered += 1
          return lists.answered <= lists.lacking ? { ...answer, body: '{"executions": []}' } : answer
        },
      },
    })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 1, drop: 'after' })
    lists.lacking = 2
    const execution = await run(ana, await aQuery(ana))
    await eventually(() => lists.answered === 1)
    expect(await statusOf(world, execution)).toBe('submitting')
    world.clock.advance(91_000)
    const done = await ended(ana, execution)
    expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
    expect(world.emulator.count('call', create)).toBe(1)
  })

  test('F-44: while AMC cannot be asked for a lost run, it is neither repeated nor given up', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 1, delayAfterMs: 50, drop: 'after' })
    world.emulator.faults.add({ operation: 'listWorkflowExecutions', times: 2, status: 504 })
    const done = await ended(ana, await run(ana, await aQuery(ana)))
    expect(done.amcStatus).toBe('SUCCEEDED')
    expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
  })

  test('a throttled submission goes back into the queue and is sent after the time that AMC names', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 2, status: 429, retryAfterSeconds: 1 })
    const execution = await run(ana, await aQuery(ana))
    await eventually(() => world.emulator.count('call', create) >= 1)
    await eventually(async () => (await statusOf(world, execution)) === 'queued')
    const done = await ended(ana, execution)
    expect(done.amcStatus).toBe('SUCCEEDED')
    expect(world.emulator.count('execution')).toBe(1)
  })

  test('polling survives answers of 429 and 500 and drops nothing', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const list = 'listWorkflowExecutions'
    world.emulator.faults.add({ operation: list, times: 1, status: 429, retryAfterSeconds: 1 })
    world.emulator.faults.add({ operation: list, times: 1, status: 500 })
    world.emulator.faults.add({ operation: list, times: 1, drop: 'before' })
    expect((await ended(ana, await run(ana, await aQuery(ana)))).amcStatus).toBe('SUCCEEDED')
  })

  test('S-077: a token that AMC refuses in the middle of a run is renewed once, and the results still arrive', async () => {
    await using world = await startWorld({ database, emulator: { timings: { pendingMs: 1500, runningMs: 20 } } })
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    world.emulator.faults.add({ operation: 'listWorkflowExecutions', times: 1, status: 401 })
    const before = world.emulator.count('refresh_token')
    expect((await ended(ana, execution)).amcStatus).toBe('SUCCEEDED')
    expect(world.emulator.count('refresh_token')).toBe(before + 1)
  })

  test('a token that expires in the middle of a run is renewed, and the results still arrive', async () => {
    await using world = await startWorld({
      database,
      env: { EXECUTION_POLL_INTERVAL_SECONDS: '1' },
      emulator: { timings: { pendingMs: 2500, runningMs: 20 } },
    })
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    world.clock.advance(61 * 60_000)
    await ana.renew()
    expect((await ended(ana, execution)).amcStatus).toBe('SUCCEEDED')
  })

  test('a run that was cancelled at AMC is cancelled here', async () => {
    await using world = await startWorld({ database, emulator: { timings: { pendingMs: 3000, runningMs: 20 } } })
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    const { amcExecutionId } = await ana.call(getExecution, { params: { executionId: execution.id } })
    const instance = await anInstance(ana)
    const amc = await world.amcFor(instance.connection.id)
    const { entityId, marketplaceId } = instance.account
    await acrossWorkspaces(() =>
      amc.cancelWorkflowExecution({ entityId, marketplaceId }, instance.amcInstanceId, amcExecutionId!),
    )
    expect(await ended(ana, execution)).toMatchObject({ status: 'cancelled', amcStatus: 'CANCELLED' })
  })

  test('a revoked grant of one person does not starve the runs of others', async () => {
    await using world = await startWorld({ database, emulator: { timings: { pendingMs: 1500, runningMs: 20 } } })
    const ana = await world.signIn('ana')
    const ben = await world.signIn('ben')
    const stuck = await run(ana, await aQuery(ana))
    await reached(ana, stuck, 'pending')
    world.emulator.revoke('ana')
    const done = await ended(ben, await run(ben, await aQuery(ben)))
    expect(done.amcStatus).toBe('SUCCEEDED')
    // Nothing is dropped: it waits for a new sign-in.
    expect(await statusOf(world, stuck)).toMatch(/pending|running/)
    const again = await world.signIn('ana')
    await world.db.updateTable('workflow_executions').set({ next_attempt_at: null }).execute()
    expect((await ended(again, stuck)).amcStatus).toBe('SUCCEEDED')
  })

  test('F-26: a run that AMC should have ended long ago is still asked for', async () => {
    await using world = await startWorld({ database, emulator: { timings: { pendingMs: 2500, runningMs: 20 } } })
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    world.clock.advance(30 * 3_600_000)
    await world.signIn('ana')
    const status = await eventually(async () => {
      world.clock.advance(11 * 60_000)
      await wait(500)
      const now = await statusOf(world, execution)
      return now !== 'pending' && now !== 'running' && now !== 'ingesting' && now
    })
    expect(status).toBe('completed')
  })

  test(
    'at most ten runs of an instance are at AMC at once; the rest wait here and then run',
    { timeout: 60_000 },
    async () => {
      await using world = await startWorld({ database, emulator: { timings: { pendingMs: 4000, runningMs: 20 } } })
      const ana = await world.signIn('ana')
      const query = await aQuery(ana)
      const { id: instanceId } = await anInstance(ana)
      const executions = await Promise.all(Array.from({ length: 13 }, () => run(ana, query, { instanceId })))
      let most = 0
      await eventually(async () => {
        const rows = await world.db.selectFrom('workflow_executions').select('status').execute()
        const open = rows.filter((row) => ['submitting', 'pending', 'running'].includes(row.status)).length
        most = Math.max(most, open)
        return open === 0 && rows.every((row) => row.status !== 'queued')
      }, 40_000)
      expect(most).toBe(10)
      for (const execution of executions) expect((await ended(ana, execution)).amcStatus).toBe('SUCCEEDED')
      expect(world.emulator.count('execution')).toBe(13)
    },
  )

  test('F-27: the open runs of an instance are asked for by one list, not one by one', async () => {
    await using world = await startWorld({ database, emulator: { timings: { pendingMs: 3000, runningMs: 20 } } })
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const { id: instanceId } = await anInstance(ana)
    const executions = await Promise.all(Array.from({ length: 8 }, () => run(ana, query, { instanceId })))
    for (const execution of executions) await ended(ana, execution)
    const list = world.emulator.count('call', 'listWorkflowExecutions')
    // One call to read the columns of each result is all that a run costs beside the lists.
    expect(world.emulator.count('call', 'getWorkflowExecution')).toBe(executions.length)
    expect(list).toBeLessThan(executions.length * 3)
  })

  test('two runs of one AMC workflow are never being sent at once', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: 2, delayAfterMs: 700 })
    const first = await run(ana, await aQuery(ana))
    const { db } = world
    const row = await db
      .selectFrom('workflow_executions')
      .selectAll()
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow()
    const twin = ExecutionId.parse(randomUUID())
    await db
      .insertInto('workflow_executions')
      .values({
        ...row,
        id: twin,
        status: 'queued',
        attempts: 0,
        sent_at: null,
        lease_until: null,
        next_attempt_at: null,
        amc_answers: '[]',
        parameters: '[]',
        request: JSON.stringify(row.request),
        source_map: JSON.stringify(row.source_map),
        parameter_values: JSON.stringify(row.parameter_values),
        warnings: JSON.stringify(row.warnings),
        result_columns: JSON.stringify(row.result_columns),
        failure: null,
        cancel_failure: null,
        copy_definition: null,
        result_data: null,
      })
      .execute()
    let most = 0
    await eventually(async () => {
      const { rows } = await sql<{ sending: number; open: number }>`
      select count(*) filter (where status = 'submitting')::int as sending,
        count(*) filter (where status in ('queued', 'submitting'))::int as open from workflow_executions`.execute(db)
      most = Math.max(most, rows[0]?.sending ?? 0)
      return rows[0]?.open === 0
    })
    expect(most).toBe(1)
    const params = { executionId: twin }
    await eventually(async () => (await ana.call(getExecutionStatus, { params })).amcStatus === 'SUCCEEDED')
    expect(world.emulator.count('execution', row.amc_workflow_id)).toBe(2)
  })

  test('links that have expired are asked for again', async () => {
    await using world = await startWorld({ database, emulator: { settings: { partBytes: 400 } } })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: 'downloadResult', times: 1, status: 403 })
    const done = await ended(ana, await run(ana, await aQuery(ana)))
    expect(done.status).toBe('completed')
  })
})

test.runIf(databaseKinds.includes('postgresql'))(
  'S-222: two processes on one database send, ask and fetch each run once',
  { timeout: 60_000 },
  async () => {
    await using world = await startWorld({ database: 'postgresql' })
    await world.startAnother()
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const { id: instanceId } = await anInstance(ana)
    const executions = await Promise.all(Array.from({ length: 25 }, () => run(ana, query, { instanceId })))
    for (const execution of executions) {
      const done = await ended(ana, execution)
      expect(done.status).toBe('completed')
      expect(world.emulator.count('execution', done.amcWorkflowId)).toBe(1)
    }
    expect(world.emulator.count('call', create)).toBe(executions.length)
    expect(world.emulator.count('call', 'getWorkflowExecution')).toBe(executions.length)
  },
)

async function statusOf(world: World, execution: Execution) {
  const row = await world.db
    .selectFrom('workflow_executions')
    .where('id', '=', execution.id)
    .select('status')
    .executeTakeFirstOrThrow()
  return row.status
}

test('looking for a lost run heeds the time that Amazon asks for', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  world.emulator.faults.add({ operation: create, times: 1, drop: 'before' })
  world.emulator.faults.add({ operation: 'listWorkflowExecutions', times: null, status: 429, retryAfterSeconds: 600 })
  await run(ana, await aQuery(ana))
  const lists = () => world.emulator.count('call', 'listWorkflowExecutions')
  await eventually(() => lists() > 0)
  await wait(5000)
  expect(lists()).toBe(1)
})

test.runIf(databaseKinds.includes('postgresql'))(
  'putting a refused submission back does not wait for a worker that claims another: neither would ever end',
  async () => {
    await using world = await startWorld({ database: 'postgresql' })
    const ana = await world.signIn('ana')
    world.emulator.faults.add({ operation: create, times: null, status: 429, retryAfterSeconds: 3000 })
    const query = await aQuery(ana)
    const [first, second] = [await run(ana, query), await run(ana, query)]
    const { db, now } = world.server().ctx
    const inQueue = world.db.selectFrom('workflow_executions').where('next_attempt_at', '>', now()).select('id')
    await eventually(async () => (await inQueue.where('status', '=', 'queued').execute()).length === 2)
    const later = new Date(now().getTime() + 3_600_000)
    const limits = { slots: 10, accountSlots: 200, leaseMs: 1000, lookAfterMs: 1000, now: later }
    const claimed = await acrossWorkspaces(() => claimSubmission(db, first.instance.id, limits))
    if (claimed === null) throw new Error('nothing was claimed')
    const other = claimed.id === first.id ? second : first
    await acrossWorkspaces(() =>
      db.transaction().execute(async (tx) => {
        await tx.selectFrom('workflow_executions').where('id', '=', other.id).select('id').forUpdate().execute()
        await postpone(db, claimed, later, later)
      }),
    )
    expect((await ana.call(getExecution, { params: { executionId: claimed.id } })).status).toBe('queued')
  },
)
