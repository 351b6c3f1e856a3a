import { setTimeout as wait } from 'node:timers/promises'
import { usualKind, eventually, startWorld } from '@recomamp/testkit'
import { getExecution, getExecutionStatus, getPolling } from '@recomamp/contracts'
import { describe, expect, test } from 'vitest'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { anInstance, aQuery, ended, reached, run } from './runs.ts'

const list = 'listWorkflowExecutions'

/** Each test has a world of its own and mostly waits. */
describe.concurrent.each(usualKind)('polling on %s', (database) => {
  test('S-053 S-104: what has ended is asked for no more', async () => {
    await using world = await startWorld({ database, env: { EXECUTION_POLL_INTERVAL_SECONDS: '1' } })
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    for (const execution of [await run(ana, query), await run(ana, query)]) await ended(ana, execution)
    const { db } = world
    const due = db.selectFrom('workflow_executions').where('next_attempt_at', 'is not', null).select('id')
    await eventually(async () => (await due.execute()).length === 0)
    const asked = world.emulator.count('call', list)
    await wait(2500)
    expect(world.emulator.count('call', list)).toBe(asked)
  })

  test('S-052: how often AMC is asked can be set and read, with what is open and whether AMC is silent about it', async () => {
    await using world = await startWorld({
      database,
      env: { EXECUTION_POLL_INTERVAL_SECONDS: '1' },
      emulator: { timings: { pendingMs: 30_000, runningMs: 20 } },
    })
    const ana = await world.signIn('ana')
    const read = () => ana.call(getPolling, {})
    expect(await read()).toEqual({ everySeconds: 1, openCount: 0, silentCount: 0, lastAnswerAt: null })
    await reached(ana, await run(ana, await aQuery(ana)), 'pending')
    const open = await read()
    expect(open).toMatchObject({ openCount: 1, silentCount: 0 })
    expect(Date.now() - Date.parse(open.lastAnswerAt ?? '')).toBeLessThan(5000)
    world.emulator.faults.add({ operation: list, status: 500 })
    await eventually(async () => (await read()).silentCount === 1)
    // Nobody else's runs are in these figures.
    const ben = await world.signIn('ben')
    expect(await ben.call(getPolling, {})).toMatchObject({ openCount: 0, lastAnswerAt: null })
  })

  test('S-054, F-25: a change at AMC is here at the latest one interval later', async () => {
    await using world = await startWorld({
      database,
      env: { EXECUTION_POLL_INTERVAL_SECONDS: '2' },
      emulator: { timings: { pendingMs: 30_000, runningMs: 20 } },
    })
    const ana = await world.signIn('ana')
    const execution = await run(ana, await aQuery(ana))
    await reached(ana, execution, 'pending')
    const params = { executionId: execution.id }
    const { amcExecutionId } = await ana.call(getExecution, { params })
    const instance = await anInstance(ana)
    const { entityId, marketplaceId } = instance.account
    const amc = await world.amcFor(instance.connection.id)
    // Old enough that it is asked for at the interval and no oftener.
    await wait(2500)
    await acrossWorkspaces(() =>
      amc.cancelWorkflowExecution({ entityId, marketplaceId }, instance.amcInstanceId, amcExecutionId!),
    )
    const changed = Date.now()
    await eventually(async () => (await ana.call(getExecutionStatus, { params })).status === 'cancelled')
    // A round begins up to half a second after it is due.
    expect(Date.now() - changed).toBeLessThan(3000)
  })

  test('F-27: runs that were sent at different times soon share one list, in place of one each', async () => {
    await using world = await startWorld({
      database,
      env: { EXECUTION_POLL_INTERVAL_SECONDS: '2' },
      emulator: { timings: { pendingMs: 12_000, runningMs: 20 } },
    })
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const { id: instanceId } = await anInstance(ana)
    for (let count = 0; count < 6; count += 1) {
      await reached(ana, await run(ana, query, { instanceId }), 'pending')
      await wait(250)
    }
    await wait(4500)
    const before = world.emulator.count('call', list)
    await wait(4000)
    expect(world.emulator.count('call', list) - before).toBeLessThanOrEqual(3)
  })
})
