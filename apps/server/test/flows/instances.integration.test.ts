import { AmcInstanceId } from '@recomamp/amc-wire'
import * as api from '@recomamp/contracts'
import { type Person, type World, usualKind, eventually, startWorld } from '@recomamp/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

async function connectionIdOf(person: Person) {
  const [connection] = (await person.call(api.getCurrentUser, {})).connections
  if (connection === undefined) throw new Error('no connection')
  return connection.id
}

async function discoverAgain(person: Person) {
  await person.call(api.addInstances, { body: { by: 'discovery' } })
  return eventually(async () => {
    const [connection] = (await person.call(api.getCurrentUser, {})).connections
    return connection?.discovering === false && connection
  })
}

describe.each(usualKind)('instances on %s', (database) => {
  test('S-065, S-141: all instances of all accounts, paged with an exact total', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const connection = await discoverAgain(ana)
    expect(connection.discoveryError).toBeNull()
    const all = await ana.call(api.listInstances, { query: { limit: 100 } })
    expect(all).toMatchObject({ total: 68, nextCursor: null })
    expect(all.items.find((one) => one.amcInstanceId === 'amcana1uk3h')).toMatchObject({
      name: 'Tidewater Trail Shoes UK',
      type: 'STANDARD',
      customerName: 'Trailmark Footwear',
      account: { entityId: 'ENTITY3ANA5T8R2ZW6', marketplaceId: 'A1F83G8C2ARO7P', countryCode: 'GB' },
      connection: { provider: 'sandbox', region: 'na' },
      available: true,
      lastRun: null,
      brands: [],
    })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await ana.call(api.listInstances, { query: { limit: 20, cursor } })
      expect(page.total).toBe(68)
      names.push(...page.items.map((one) => one.name))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(names).toEqual(all.items.map((one) => one.name))
    expect(names).toEqual(names.toSorted())
    expect(await ana.call(api.listInstances, { query: { q: 'trail shoes' } })).toMatchObject({ total: 2 })
    expect(await ana.call(api.listInstances, { query: { q: '%' } })).toMatchObject({ total: 0 })
  })

  test('S-209: another person sees neither the list nor an instance by its id', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const [mine] = (await ana.call(api.listInstances, {})).items
    const params = { instanceId: mine!.id }
    expect((await ana.call(api.getInstance, { params })).id).toBe(mine?.id)
    await expect(ben.call(api.getInstance, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
    expect((await ben.call(api.listInstances, {})).items.every((one) => one.name.startsWith('Copperleaf'))).toBe(true)
    const body = { by: 'discovery' as const, connectionId: await connectionIdOf(ana) }
    await expect(ben.call(api.addInstances, { body })).rejects.toMatchObject({ type: 'connection-not-found' })
  })

  test('S-142: an instance added by hand stays through a discovery', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { instance } = await ana.call(api.addInstances, {
      body: {
        by: 'hand',
        connectionId: await connectionIdOf(ana),
        amcInstanceId: 'amcbyhand01',
        name: 'Shared with us',
        type: 'STANDARD',
        entityId: 'ENTITYSHARED',
        marketplaceId: 'A1PA6795UKMFR9',
      },
    })
    expect(instance).toMatchObject({ name: 'Shared with us', account: { entityId: 'ENTITYSHARED', countryCode: 'DE' } })
    await discoverAgain(ana)
    const after = await ana.call(api.getInstance, { params: { instanceId: instance!.id } })
    expect(after).toMatchObject({ available: true, account: { name: 'ENTITYSHARED' } })
  })

  describe('what people note and remove', () => {
    let world: World
    beforeAll(async () => void (world = await startWorld({ database })))
    afterAll(() => world[Symbol.asyncDispose]())

    test('S-143: what is noted about an instance stays through a discovery, which goes on telling its own name', async () => {
      const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
      await discoverAgain(ana)
      const [one] = (await ana.call(api.listInstances, {})).items
      const params = { instanceId: one!.id }
      const body = {
        name: 'Our kitchen',
        brands: ['Tidewater', 'Saltbox'],
        notes: 'Attribution is slow here',
        defaults: { settledAfterDays: 21, windowDays: 28, timeZone: 'America/New_York' },
      }
      expect(await ana.call(api.updateInstance, { params, body })).toMatchObject({ ...body, amcName: one!.name })
      await discoverAgain(ana)
      expect(await ana.call(api.getInstance, { params })).toMatchObject({ ...body, amcName: one!.name })
      expect(await ana.call(api.listInstances, { query: { q: 'saltbox' } })).toMatchObject({ total: 1 })
      const { connection, type } = one!
      const filter = { q: 'saltbox', connectionId: connection.id, region: connection.region, type }
      expect(await ana.call(api.listInstances, { query: filter })).toMatchObject({ total: 1, items: [{ id: one!.id }] })
      expect(await ana.call(api.listInstances, { query: { region: 'fe' } })).toMatchObject({ total: 0 })
      const wrong = { defaults: { ...body.defaults, timeZone: 'Mars/Olympus' } }
      await expect(ana.call(api.updateInstance, { params, body: wrong })).rejects.toMatchObject({
        type: 'input-invalid',
        errors: [{ path: 'defaults.timeZone' }],
      })
      await expect(ben.call(api.updateInstance, { params, body })).rejects.toMatchObject({ type: 'instance-not-found' })
      const back = await ana.call(api.updateInstance, { params, body: { name: null } })
      expect(back).toMatchObject({ name: one!.name, notes: body.notes })
    })

    test('S-144: a removal says what goes and what stays, waits for open runs, and is undone by adding the id again', async () => {
      const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
      await discoverAgain(ana)
      const one = (await ana.call(api.listInstances, {})).items.find((each) => each.type === 'STANDARD')!
      const params = { instanceId: one.id }
      const query = await ana.call(api.createWorkflow, {
        body: {
          name: 'Reach',
          sqlQuery: 'SELECT COUNT(DISTINCT user_id) AS reach FROM dsp_impressions',
          parameters: [],
          values: {},
          instanceId: one.id,
        },
      })
      const { id: executionId } = await ana.call(api.executeWorkflow, {
        params: { workflowId: query.id },
        body: { version: 1, instanceId: one.id, values: {} },
      })
      await expect(ana.call(api.removeInstance, { params })).rejects.toMatchObject({ type: 'instance-in-use' })
      expect((await ana.call(api.getInstance, { params })).id).toBe(one.id)
      await eventually(async () => api.isFinal((await ana.call(api.getExecution, { params: { executionId } })).status))
      expect(await ana.call(api.getInstanceActivity, { params })).toEqual({
        running: 0,
        waiting: 0,
        slots: 10,
        lastSevenDays: { runs: 1, completed: 1 },
      })
      await expect(ben.call(api.getInstanceRemoval, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
      await expect(ben.call(api.removeInstance, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
      const told = await ana.call(api.getInstanceRemoval, { params })
      expect(told).toMatchObject({ openExecutions: 0, queries: 1, executions: 1, copies: 0 })
      expect(await ana.call(api.removeInstance, { params })).toEqual(told)
      await expect(ana.call(api.getInstance, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
      const kept = await ana.call(api.getExecution, { params: { executionId } })
      expect([kept.status, kept.instance.name]).toEqual(['completed', one.name])
      expect((await ana.call(api.getResults, { params: { executionId }, query: {} })).rowCount).toBe(1)
      expect((await ana.call(api.getWorkflow, { params: { workflowId: query.id } })).instance).toBeNull()
      await discoverAgain(ana)
      expect((await ana.call(api.listInstances, {})).total).toBe(67)
      const { amcInstanceId, name, type, account, connection } = one
      const { entityId, marketplaceId } = account
      const { instance } = await ana.call(api.addInstances, {
        body: { by: 'hand', connectionId: connection.id, amcInstanceId, name, type, entityId, marketplaceId },
      })
      expect(instance).toMatchObject({ id: one.id, name })
    })
  })

  test('an account that cannot be read keeps what is known and says so; the others are read', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    await discoverAgain(ana)
    world.emulator.faults.add({ operation: 'listAMCInstances', status: 500, times: 1 })
    world.emulator.faults.add({ operation: 'listInstances', status: 500, times: 1 })
    const connection = await discoverAgain(ana)
    expect(connection.discoveryError).toMatch(/Tidewater Media.*could not be read/)
    const all = await ana.call(api.listInstances, {})
    expect(all.total).toBe(68)
    expect(all.items.every((one) => one.available)).toBe(true)
    expect((await discoverAgain(ana)).discoveryError).toBeNull()
  })

  test('what Amazon no longer lists is marked and not deleted, and comes back under the same id', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    await discoverAgain(ana)
    const { db } = world
    const gone = await db
      .updateTable('amc_instances')
      .where('amc_instance_id', '=', AmcInstanceId.parse('amcana2uk8m'))
      .set({ amc_instance_id: AmcInstanceId.parse('amcgone0001') })
      .returning('id')
      .executeTakeFirstOrThrow()
    await discoverAgain(ana)
    const params = { instanceId: gone.id }
    expect(await ana.call(api.getInstance, { params })).toMatchObject({
      available: false,
      amcInstanceId: 'amcgone0001',
    })
    expect((await ana.call(api.listInstances, {})).total).toBe(69)
  })

  test('discovery survives a restart of the server', async () => {
    await using world = await startWorld({ database, env: { PORT: '18108' } })
    const ana = await world.signIn('ana')
    const { db } = world
    const { now } = world.server().ctx
    await db.deleteFrom('amc_instances').execute()
    // As if the process had died in the middle of a reading.
    await db
      .updateTable('connections')
      .set({ discovery_requested_at: now(), discovery_lease_until: new Date(now().getTime() + 2000) })
      .execute()
    await world.restart()
    const all = await eventually(async () => {
      const page = await ana.call(api.listInstances, {})
      return page.total === 68 && page
    })
    expect(all.total).toBe(68)
    expect(all.items.every((one) => one.available)).toBe(true)
  })
})
