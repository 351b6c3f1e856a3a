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

test('S-062: whoever belongs to another workspace neither reads nor sees', async () => {
  const ben = await world.signIn('ben')
  const params = { instanceId: instanceId('amcana1us7q') }
  await expect(ben.call(api.readSchema, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
  await expect(ben.call(api.listSnapshots, { params })).rejects.toMatchObject({ type: 'instance-not-found' })
})
