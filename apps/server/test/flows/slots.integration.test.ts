import { getRunOutlook, listInstances } from '@recomamp/contracts'
import { databaseKinds, eventually, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'
import { aQuery, run } from './runs.ts'

describe.each(databaseKinds)('slots on %s', (database) => {
  test('S-037: open executions are limited per instance and per account, and other accounts go on', async () => {
    await using world = await startWorld({
      database,
      env: { EXECUTION_SLOTS: '2', EXECUTION_SLOTS_PER_ACCOUNT: '3' },
      emulator: { timings: { pendingMs: 60_000, runningMs: 60_000 } },
    })
    const ana = await world.signIn('ana')
    const { items } = await ana.call(listInstances, { query: { limit: 100 } })
    const named = (name: string) => items.find((instance) => instance.name === name)!
    const [shoes, kitchen, uk] = ['Tidewater Trail Shoes', 'Tidewater Kitchen', 'Tidewater Tea'].map(named)
    const query = await aQuery(ana)
    for (const instance of [shoes!, shoes!, shoes!, kitchen!, kitchen!, uk!, uk!])
      await run(ana, query, { instanceId: instance.id })
    const { db } = world
    const sentTo = async (id: string) => {
      const rows = await db
        .selectFrom('workflow_executions')
        .where('status', '=', 'pending')
        .select('instance_id')
        .execute()
      return rows.filter(({ instance_id }) => instance_id === id).length
    }
    const sent = () => Promise.all([shoes!, kitchen!, uk!].map(({ id }) => sentTo(id)))
    const total = async () => (await sent()).reduce((sum, count) => sum + count)
    await eventually(async () => (await total()) === 5)
    // What waits stays waiting: two rounds of the job later nothing more has gone out.
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const [toShoes = 0, toKitchen = 0, toUk] = await sent()
    expect([toShoes + toKitchen, toUk]).toEqual([3, 2])
    expect(Math.max(toShoes, toKitchen)).toBe(2)
    const params = { workflowId: query.id }
    const outlook = await ana.call(getRunOutlook, { params, query: { instanceId: shoes!.id } })
    expect(outlook).toMatchObject({ busy: toShoes, waiting: 3 - toShoes, slots: 2, usualSeconds: null, runs: 0 })
    expect(world.emulator.count('call', 'createWorkflowExecution')).toBe(5)
  })
})
