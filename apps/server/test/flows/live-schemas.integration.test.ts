import { filterText } from '@recomamp/amc-catalogue/filter'
import { AmcInstanceId } from '@recomamp/amc-wire'
import * as api from '@recomamp/contracts'
import { type Person, type World, eventually, startWorld } from '@recomamp/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

interface Table {
  dataSourceId: string
  columns: { name: string; dataType: unknown; columnType?: string; description?: string }[]
  [more: string]: unknown
}

/** What AMC answers otherwise than the emulator, by Amazon's id of the instance. */
const changed = new Map<string, (tables: Table[]) => Table[]>()
let world: World
let ana: Person
let instances: Map<string, api.Instance>

beforeAll(async () => {
  world = await startWorld({
    between: {
      answer({ path }, answer) {
        const change = changed.get(/^\/amc\/reporting\/(\w+)\/dataSources/.exec(path)?.[1] ?? '')
        if (change === undefined || answer.status !== 200) return answer
        const body = JSON.parse(String(answer.body)) as { dataSources: Table[] }
        return { ...answer, body: JSON.stringify({ ...body, dataSources: change(body.dataSources) }) }
      },
    },
  })
  ana = await world.signIn('ana')
  const { items } = await ana.call(api.listInstances, { query: { limit: 100 } })
  instances = new Map(items.map((instance) => [instance.amcInstanceId, instance]))
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => changed.clear())

function instanceId(amcInstanceId: string): api.InstanceId {
  const instance = instances.get(AmcInstanceId.parse(amcInstanceId))
  if (instance === undefined) throw new Error(`Ana has no instance ${amcInstanceId}`)
  return instance.id
}

/** Reads the tables of an instance anew and answers its snapshots. */
async function read(amcInstanceId: string) {
  const params = { instanceId: instanceId(amcInstanceId) }
  await ana.call(api.readSchema, { params })
  await eventually(async () => (await ana.call(api.getSchemaReading, { params })).state !== 'waiting')
  return ana.call(api.listSnapshots, { params })
}

test('S-062: whoever looks at an instance for the first time has its tables read, and no other', async () => {
  const params = { instanceId: instanceId('amcana1uk3h') }
  const first = await ana.call(api.getSchemaReading, { params })
  expect(first).toMatchObject({ instance: { name: 'Tidewater Trail Shoes UK' }, state: 'waiting', snapshotId: null })
  const reading = await eventually(async () => {
    const now = await ana.call(api.getSchemaReading, { params })
    return now.state === 'read' && now
  })
  expect(reading.snapshotId).not.toBeNull()
  expect(reading.readAt).toBe(reading.sameSince)
  expect(world.emulator.count('call', 'listDataSources')).toBeLessThan(5)
})

test('S-062: a snapshot stands while AMC answers the same; a change is kept with the queries that it touches', async () => {
  const instance = 'amcana1us7q'
  expect(await read(instance)).toMatchObject({ total: 1, items: [{ changes: null, touches: [] }] })
  const hook = { kind: 'webhook', address: 'https://hooks.invalid/', events: ['schema.changed'] } as const
  const { webhook } = await ana.call(api.createWebhook, { body: { ...hook, events: [...hook.events] } })
  changed.set(instance, (tables) => tables.toReversed().map((table) => ({ ...table, description: 'In other words' })))
  expect((await read(instance)).total).toBe(1)

  const save = (name: string, sqlQuery: string) =>
    ana.call(api.createWorkflow, {
      body: { name, sqlQuery, parameters: [], values: {}, instanceId: instanceId(instance) },
    })
  const [views, clicks] = [
    await save('Views', 'SELECT COUNT(*) AS n FROM dsp_views'),
    await save('Clicks', 'SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign'),
  ]
  await save('Reach', 'SELECT COUNT(DISTINCT user_id) AS reach FROM dsp_impressions -- not dsp_views')
  changed.set(instance, (tables) =>
    tables
      .filter(({ dataSourceId }) => dataSourceId !== 'dsp_views')
      .map((table) => {
        if (table.dataSourceId !== 'dsp_clicks') return table
        const columns = table.columns.flatMap((column) => {
          if (column.name === 'campaign') return []
          return [column.name === 'clicks' ? { ...column, dataType: 'DECIMAL' } : column]
        })
        return { ...table, columns, tags: [{ type: 'RENAMED', title: 'Renamed', subtext: null, description: null }] }
      })
      .concat({
        dataSourceId: 'crm_members',
        owner: 'CUSTOMER',
        provider: 'ADVERTISER_DATA_UPLOAD',
        columns: [{ name: 'tier', dataType: 'STRING', columnType: 'DIMENSION' }],
      }),
  )
  const { items, total } = await read(instance)
  expect(total).toBe(2)
  expect(items[0]?.changes).toEqual({
    tablesAdded: ['crm_members'],
    tablesRemoved: ['dsp_views'],
    tablesChanged: [
      {
        name: 'dsp_clicks',
        columnsAdded: [],
        columnsRemoved: ['campaign'],
        columnsChanged: [
          { name: 'clicks', before: { type: 'LONG', role: 'metric' }, after: { type: 'DECIMAL', role: 'metric' } },
        ],
        tagsAdded: ['RENAMED'],
        tagsRemoved: [],
      },
    ],
  })
  expect(items[0]?.touches).toEqual([
    { workflowId: clicks.id, name: 'Clicks', tables: ['dsp_clicks'], columns: ['campaign', 'clicks'], breaks: true },
    { workflowId: views.id, name: 'Views', tables: ['dsp_views'], columns: [], breaks: true },
  ])
  // Readings that found nothing new tell nobody.
  const params = { webhookId: webhook.id }
  const sent = await eventually(async () => (await ana.call(api.listWebhookDeliveries, { params })).items[0])
  const { payload } = await ana.call(api.getWebhookDelivery, { params: { ...params, deliveryId: sent.id } })
  expect(JSON.parse(payload)).toMatchObject({
    type: 'schema.changed',
    data: { tablesAdded: ['crm_members'], tablesRemoved: ['dsp_views'], tablesChanged: [{ name: 'dsp_clicks' }] },
  })
  expect((await ana.call(api.listWebhookDeliveries, { params })).total).toBe(1)
  await ana.call(api.deleteWebhook, { params })
})

/** What AMC answers for an instance where the customer has uploaded a table and Amazon has changed another. */
function withUpload(tables: Table[]): Table[] {
  return tables
    .map((table) => {
      if (table.dataSourceId !== 'sponsored_ads_traffic') return table
      const columns = table.columns
        .filter(({ name }) => name !== 'customer_search_term')
        .map((column) => (column.name === 'spend' ? { ...column, dataType: 'DECIMAL' } : column))
        .concat({ name: 'brand_new', dataType: 'SHORT', columnType: 'METRIC', description: 'Fresh' })
      return { ...table, columns, tags: [{ type: 'NEW', title: 'New columns', subtext: null, description: null }] }
    })
    .concat({
      dataSourceId: 'sandbox.crm_members',
      description: 'Our members',
      owner: 'CUSTOMER',
      provider: 'ADVERTISER_DATA_UPLOAD',
      columns: [
        { name: 'user_id', dataType: 'STRING', columnType: 'DIMENSION' },
        { name: 'loyalty_tier', dataType: 'STRING', columnType: 'DIMENSION' },
        { name: 'points', dataType: 'LONG', columnType: 'METRIC' },
      ],
    })
}

test('S-048, S-062, S-156: the list tells what the instance has, lacks and has uploaded, and filters by it', async () => {
  changed.set('amcana3us9d', withUpload)
  await read('amcana3us9d')
  const instance = instanceId('amcana3us9d')
  const list = (more: { filter?: string; q?: string } = {}) =>
    ana.call(api.listDataSources, { query: { limit: 100, instance, ...more } })
  const { items, reading } = await list()
  expect(reading).toMatchObject({ state: 'read', instance: { id: instance } })
  const byName = new Map(items.map((item) => [item.name, item]))
  expect(byName.get('dsp_clicks')?.onInstance).toMatchObject({ state: 'lacking' })
  expect(byName.get('sponsored_ads_traffic')?.onInstance).toMatchObject({
    state: 'here',
    uploaded: false,
    tags: [{ type: 'NEW' }],
    fields: { lacking: 1, onlyHere: 1, differing: 1 },
  })
  expect(byName.get('crm_members')).toMatchObject({
    category: 'Your uploads',
    description: 'Our members',
    rowIs: null,
    documented: false,
    onInstance: { state: 'here', uploaded: true },
    counts: { fields: 3, dimensions: 2, metrics: 1 },
  })
  const named = async (value: boolean) =>
    (await list({ filter: filterText({ property: 'available', value }) })).items.map(({ name }) => name)
  const [here, lacking] = [await named(true), await named(false)]
  expect(here).toEqual(items.filter(({ onInstance }) => onInstance?.state === 'here').map(({ name }) => name))
  expect(lacking).toContain('dsp_impressions')
  expect([...here, ...lacking].toSorted()).toEqual(items.map(({ name }) => name))
  expect((await list({ q: 'loyalty tier' })).items[0]?.name).toBe('crm_members')
  const { items: hits } = await ana.call(api.searchDataSources, { query: { q: 'loyalty_tier', instance } })
  expect(hits[0]).toMatchObject({ kind: 'field', name: 'loyalty_tier', sources: ['crm_members'] })
  const categories = await ana.call(api.listDataSourceCategories, { query: { instance } })
  expect(categories.items).toContainEqual({ name: 'Your uploads', sources: 1 })
  // Without an instance the list is what it was.
  const plain = await ana.call(api.listDataSources, { query: { limit: 100 } })
  expect(plain.reading).toBeNull()
  expect(plain.items.every(({ onInstance, documented }) => onInstance === null && documented)).toBe(true)
})

test('S-045, S-046, S-157: a source tells its fields as the instance has them, and which instances have it', async () => {
  const instance = instanceId('amcana3us9d')
  const get = (name: string) => ana.call(api.getDataSource, { params: { name }, query: { instance } })
  const traffic = await get('sponsored_ads_traffic')
  const field = (name: string) => traffic.fields.find((one) => one.name === name)
  expect(field('clicks')).toMatchObject({ documented: true, onInstance: true, typeOnInstance: null })
  expect(field('customer_search_term')).toMatchObject({ documented: true, onInstance: false })
  expect(field('spend')).toMatchObject({ dataType: 'LONG', typeOnInstance: 'DECIMAL' })
  expect(field('brand_new')).toMatchObject({
    documented: false,
    onInstance: true,
    dataType: null,
    typeDetail: 'SHORT',
    aggregationThreshold: null,
    description: 'Fresh',
  })
  const upload = await get('crm_members')
  expect(upload).toMatchObject({ title: 'crm_members', useFor: [], sources: [], examples: [], relationships: [] })
  expect(upload.fields.map(({ description }) => description)).toEqual(['', '', ''])
  // Amazon shows a user_id nowhere, and says nothing of the other columns of an upload.
  expect(upload.fields.map(({ aggregationThreshold }) => aggregationThreshold)).toEqual(['VERY_HIGH', null, null])
  const tablesFor = async (query: { instance?: api.InstanceId }) => (await ana.call(api.getSchema, { query })).tables
  expect((await tablesFor({ instance })).find(({ name }) => name === 'crm_members')).toMatchObject({
    kind: null,
    columns: [{ name: 'user_id' }, { name: 'loyalty_tier', type: 'STRING', role: 'dimension' }, { type: 'LONG' }],
  })
  expect((await tablesFor({})).some(({ name }) => name === 'crm_members')).toBe(false)
  expect(upload.instances.find(({ id }) => id === instance)?.state).toBe('here')
  const clicks = await get('dsp_clicks')
  expect(clicks.instances).toContainEqual(expect.objectContaining({ id: instance, state: 'lacking' }))
  expect(clicks.fields.every(({ onInstance }) => onInstance === false)).toBe(true)
})

test('S-159: a table in two instances, at two times, and two instances as a whole are compared', async () => {
  await read('amcana2us4x')
  const [there, here] = [instanceId('amcana2us4x'), instanceId('amcana3us9d')]
  const both = await ana.call(api.compareDataSources, {
    query: { names: 'sponsored_ads_traffic,sponsored_ads_traffic', in: `${here},${there}` },
  })
  expect(both.sources.map(({ place }) => place?.instance.name)).toEqual([
    'Tidewater Outdoor Living',
    'Tidewater Kitchen',
  ])
  const field = (name: string) => both.fields.find((one) => one.name === name)
  expect(field('spend')).toMatchObject({
    cells: [{ dataType: 'DECIMAL' }, { dataType: 'LONG' }],
    conflicts: ['dataType'],
  })
  expect(field('customer_search_term')?.cells[0]).toBeNull()
  expect(field('brand_new')?.cells[1]).toBeNull()
  expect(field('clicks')?.same).toBe(true)

  await read('amcana3us9d')
  const { items } = await ana.call(api.listSnapshots, { params: { instanceId: here } })
  const [now, before] = items.map(({ id }) => id)
  const times = await ana.call(api.compareDataSources, {
    query: {
      names: 'sponsored_ads_traffic,sponsored_ads_traffic,sponsored_ads_traffic',
      in: `${before},${now},catalogue`,
    },
  })
  expect(times.fields.find(({ name }) => name === 'spend')?.cells.map((cell) => cell?.dataType)).toEqual([
    'DECIMAL',
    'LONG',
    'LONG',
  ])

  const whole = await ana.call(api.compareInstances, { query: { between: `${before},${there}` } })
  expect(whole.places.map(({ instance }) => instance.id)).toEqual([here, there])
  expect(whole.onlyFirst).toEqual([{ name: 'crm_members', title: 'crm_members', uploaded: true, fields: 3 }])
  expect(whole.onlySecond).toContainEqual(expect.objectContaining({ name: 'dsp_clicks', title: 'Amazon DSP clicks' }))
  expect(whole.differing.map(({ name, fields }) => [name, fields.map((one) => one.name)])).toEqual([
    ['sponsored_ads_traffic', ['brand_new', 'customer_search_term', 'spend']],
  ])
  expect(whole.same).toBeGreaterThan(10)
})

test('S-028, S-159: a place that is none, or was not read, or lacks the table is said', async () => {
  const compare = (query: { names: string; in: string }) => ana.call(api.compareDataSources, { query })
  const here = instanceId('amcana3us9d')
  await expect(compare({ names: 'dsp_clicks,dsp_views', in: `${here},catalogue` })).rejects.toMatchObject({
    type: 'data-source-not-there',
    message: 'Tidewater Outdoor Living has no table called dsp_clicks',
  })
  await expect(compare({ names: 'dsp_clicks,dsp_views', in: here })).rejects.toMatchObject({ type: 'input-invalid' })
  const unread = instanceId('amcana2uk8m')
  await expect(ana.call(api.compareInstances, { query: { between: `${here},${unread}` } })).rejects.toMatchObject({
    type: 'schema-not-read',
  })
  await eventually(async () => ana.call(api.compareInstances, { query: { between: `${here},${unread}` } }))
})

test('S-062: a reading that fails, or brings nothing, keeps what is known and says why', async () => {
  const instance = 'amcana2us4x'
  const params = { instanceId: instanceId(instance) }
  await read(instance)
  world.emulator.faults.add({ operation: 'listDataSources', status: 403, times: 1 })
  expect((await read(instance)).total).toBe(1)
  const refused = await ana.call(api.getSchemaReading, { params })
  expect(refused).toMatchObject({ state: 'failed', failure: expect.stringContaining('403') })
  changed.set(instance, () => [])
  expect((await read(instance)).total).toBe(1)
  const empty = await ana.call(api.getSchemaReading, { params })
  expect(empty).toMatchObject({ state: 'failed', failure: expect.stringContaining('without naming any table') })
  changed.clear()
  world.clock.advance(20 * 60_000)
  await ana.renew()
  world.server().ctx.wake('read-schemas')
  await eventually(async () => (await ana.call(api.getSchemaReading, { params })).state === 'read')
})

test('S-062: a server that stops gives the reading back, and the next one reads at once', async () => {
  const params = { instanceId: instanceId('amcana2uk8m') }
  await read('amcana2uk8m')
  world.emulator.faults.add({ operation: 'listDataSources', delayBeforeMs: 30_000, times: 1 })
  const before = world.emulator.count('call', 'listDataSources')
  await ana.call(api.readSchema, { params })
  await eventually(() => world.emulator.count('call', 'listDataSources') > before)
  await world.restart()
  ana.baseUrl = world.url()
  await ana.renew()
  const reading = await eventually(async () => {
    const now = await ana.call(api.getSchemaReading, { params })
    return now.state !== 'waiting' && now
  })
  expect(reading).toMatchObject({ state: 'read', failure: null })
})

test('S-062: whoever belongs to another workspace neither reads nor sees', async () => {
  const ben = await world.signIn('ben')
  const params = { instanceId: instanceId('amcana1us7q') }
  await expect(ben.call(api.readSchema, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
  await expect(ben.call(api.listSnapshots, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
  const query = { instance: params.instanceId }
  await expect(ben.call(api.listDataSources, { query })).rejects.toMatchObject({ type: 'instance-not-found' })
  await expect(
    ben.call(api.compareDataSources, { query: { names: 'dsp_clicks,dsp_views', in: `${query.instance},catalogue` } }),
  ).rejects.toMatchObject({ type: 'snapshot-not-found' })
})
