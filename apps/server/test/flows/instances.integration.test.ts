import { AmcInstanceId } from '@recomamp/amc-wire'
import * as api from '@recomamp/contracts'
import { type Person, databaseKinds, eventually, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'

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

describe.each(databaseKinds)('instances on %s', (database) => {
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
    const { db } = world.server().ctx
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
    const { db, now } = world.server().ctx
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
