import { loadCatalogue, readJsonExport } from '@recomamp/amc-catalogue'
import { filterText, type SourceFilter } from '@recomamp/amc-catalogue/filter'
import * as api from '@recomamp/contracts'
import { type Person, type World, startWorld } from '@recomamp/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const OpenApi = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ parameters: z.array(z.unknown()).optional() }))),
})

const { dataSources } = loadCatalogue()
let world: World
let ana: Person

beforeAll(async () => {
  world = await startWorld()
  ana = await world.signIn('ana')
})
afterAll(() => world[Symbol.asyncDispose]())

test('S-012, S-032, S-156: the data sources come page by page, each once, with an exact total', async () => {
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await ana.call(api.listDataSources, { query: { limit: 10, cursor } })
    expect(page.total).toBe(dataSources.length)
    names.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(names).toEqual(dataSources.map(({ name }) => name))
})

test('S-156: a row tells how many fields of which kind and privacy class a source has', async () => {
  const { items } = await ana.call(api.listDataSources, { query: { limit: 100 } })
  const traffic = items.find(({ name }) => name === 'sponsored_ads_traffic')
  expect(traffic).toMatchObject({ category: 'Sponsored ads', timeColumn: 'event_dt_utc', retired: false })
  for (const { name, counts } of items) {
    const fields = dataSources.find((source) => source.name === name)?.fields ?? []
    expect(counts.fields).toBe(fields.length)
    expect(counts.dimensions + counts.metrics).toBe(fields.length)
    expect(Object.values(counts.thresholds).reduce((sum, each) => sum + each, 0)).toBe(fields.length)
  }
})

test.each(['', '/sponsored_ads_traffic', '/search?q=spend', '/categories', '/compare?names=dsp_clicks,dsp_views'])(
  'S-156 to S-160: who has /api/data-sources%s only hears that nothing changed',
  async (path) => {
    const first = await ana.fetch(`/api/data-sources${path}`)
    expect(first.status).toBe(200)
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const second = await ana.fetch(`/api/data-sources${path}`, { headers })
    expect([second.status, await second.text()]).toEqual([304, ''])
  },
)

test('S-032: without a session there is no answer', async () => {
  expect((await fetch(`${world.url()}/api/data-sources`)).status).toBe(401)
})

test('S-045, S-046, S-157: a source comes whole, its fields with subject, companions and the other holders', async () => {
  const source = await ana.call(api.getDataSource, { params: { name: 'sponsored_ads_traffic' } })
  const written = dataSources.find(({ name }) => name === 'sponsored_ads_traffic')
  expect(source).toMatchObject({ rowIs: written?.rowIs, useFor: written?.useFor, siblings: written?.siblings })
  expect(source.fields).toHaveLength(written?.fields.length ?? 0)
  const spend = source.fields.find(({ name }) => name === 'spend')
  expect(spend).toMatchObject({ subject: 'cost', unit: 'microcents', columnType: 'metric' })
  const term = source.fields.find(({ name }) => name === 'customer_search_term')
  expect(term?.goesWith).toContain('clicks')
  expect(term?.alsoIn).toContain('amazon_attributed_events_by_traffic_time')
  expect(term?.alsoIn).not.toContain('sponsored_ads_traffic')
  expect(source.examples).toHaveLength(5)
})

test('S-157: a relationship reads from either side', async () => {
  const get = (name: string) => ana.call(api.getDataSource, { params: { name } })
  const [impressions, views] = [await get('dsp_impressions'), await get('dsp_views')]
  expect(impressions.relationships.find(({ name }) => name === 'dsp_views')).toMatchObject({
    on: [{ here: 'request_tag', there: 'impression_id' }],
    cardinality: 'one-to-many',
  })
  expect(views.relationships.find(({ name }) => name === 'dsp_impressions')).toMatchObject({
    on: [{ here: 'impression_id', there: 'request_tag' }],
    cardinality: 'many-to-one',
  })
})

test('S-028, S-157: an unknown name is told the nearest ones', async () => {
  await expect(ana.call(api.getDataSource, { params: { name: 'dsp_impresions' } })).rejects.toMatchObject({
    type: 'data-source-not-found',
    extensions: { nearest: expect.arrayContaining(['dsp_impressions']) },
  })
})

test('S-047, S-158: sources and fields are found in spite of a slip, with what to highlight', async () => {
  const { items, total } = await ana.call(api.searchDataSources, { query: { q: 'new to brnad', limit: 5 } })
  expect(items[0]).toMatchObject({ kind: 'field', name: 'new_to_brand' })
  expect(items[0]?.nameRanges.length).toBeGreaterThan(0)
  expect(total).toBeGreaterThanOrEqual(items.length)
  const sources = await ana.call(api.searchDataSources, { query: { q: 'sponsored ads traffic' } })
  expect(sources.items[0]).toMatchObject({
    kind: 'source',
    name: 'sponsored_ads_traffic',
    title: 'Sponsored ads traffic',
  })
})

test('S-047: a text finds the sources by their fields too, the best first', async () => {
  const { items } = await ana.call(api.listDataSources, { query: { q: 'customer_search_term' } })
  expect(items.map(({ name }) => name)).toContain('sponsored_ads_traffic')
  expect((await ana.call(api.listDataSources, { query: { q: 'zzzqqq' } })).total).toBe(0)
})

test('S-048: a filter of nested groups goes by category, tags and the properties of fields', async () => {
  const filter: SourceFilter = {
    all: [
      { property: 'category', is: 'one-of', values: ['DSP events', 'Sponsored ads'] },
      {
        any: [
          { property: 'tag', is: 'one-of', values: ['search-terms'] },
          { all: [{ property: 'field', is: 'there', with: { unit: ['millicents'], role: 'metric' } }] },
        ],
      },
    ],
  }
  const { items } = await ana.call(api.listDataSources, { query: { filter: filterText(filter), limit: 100 } })
  const expected = dataSources.filter(
    ({ category, tags, fields }) =>
      ['DSP events', 'Sponsored ads'].includes(category) &&
      (tags.includes('search-terms') ||
        fields.some((field) => field.unit === 'millicents' && field.columnType === 'metric')),
  )
  expect(expected.length).toBeGreaterThan(1)
  expect(items.map(({ name }) => name)).toEqual(expected.map(({ name }) => name))
})

test('S-028, S-048: a filter that cannot be read names the place of each fault', async () => {
  const filter = JSON.stringify({ all: [{ property: 'kind', is: 'one-of', values: ['cube'] }] })
  await expect(ana.call(api.listDataSources, { query: { filter } })).rejects.toMatchObject({
    type: 'input-invalid',
    errors: [{ path: 'querystring.filter.all[0].values[0]' }],
  })
})

test('S-160: the categories have as many sources as the list has', async () => {
  const { items } = await ana.call(api.listDataSourceCategories, {})
  expect(items.reduce((sum, { sources }) => sum + sources, 0)).toBe(dataSources.length)
  expect(items.find(({ name }) => name === 'DSP events')?.sources).toBe(
    dataSources.filter(({ category }) => category === 'DSP events').length,
  )
})

test('S-159: sources are compared by the server in the order in which they are named', async () => {
  const names = 'sponsored_ads_traffic,dsp_impressions'
  const { sources, fields, properties } = await ana.call(api.compareDataSources, { query: { names } })
  expect(sources.map(({ name }) => name)).toEqual(['sponsored_ads_traffic', 'dsp_impressions'])
  expect(fields.find(({ name }) => name === 'spend')?.cells[1]).toBeNull()
  expect(properties.find(({ property }) => property === 'timeColumn')).toMatchObject({
    values: ['event_dt_utc', 'impression_dt_utc'],
    same: false,
  })
})

test.each(['dsp_clicks', 'dsp_clicks,dsp_clicks', 'a,b,c,d,e'])(
  'S-028, S-159: “%s” is no comparison',
  async (names) => {
    await expect(ana.call(api.compareDataSources, { query: { names } })).rejects.toMatchObject({
      type: 'input-invalid',
    })
  },
)

test('S-159: a comparison with an unknown source names it', async () => {
  await expect(ana.call(api.compareDataSources, { query: { names: 'dsp_clicks,dsp_click' } })).rejects.toMatchObject({
    type: 'data-source-not-found',
    message: 'No data source is called dsp_click',
  })
})

test('S-032: the description of the API holds every call of data sources', async () => {
  const { paths } = OpenApi.parse(await (await fetch(`${world.url()}/api/openapi.json`)).json())
  expect(Object.keys(paths).filter((path) => path.startsWith('/api/data-sources'))).toEqual(
    expect.arrayContaining([
      '/api/data-sources',
      '/api/data-sources/{name}',
      '/api/data-sources/search',
      '/api/data-sources/categories',
      '/api/data-sources/compare',
    ]),
  )
  const [names] = paths['/api/data-sources/compare']?.['get']?.parameters ?? []
  expect(names).toMatchObject({ name: 'names', in: 'query', required: true, schema: { type: 'string' } })
})

test('S-101: a selection is exported with its fields and reads back; a name that the catalogue lacks is named', async () => {
  const names = ['dsp_clicks', 'dsp_impressions']
  const some = await ana.call(api.exportDataSources, { query: { names: names.join(',') } })
  expect(readJsonExport('some.json', JSON.stringify(some))).toMatchObject({ ok: true })
  expect(some.dataSources).toEqual(dataSources.filter(({ name }) => names.includes(name)))
  expect((await ana.call(api.exportDataSources, {})).partial).toBe(false)
  await expect(ana.call(api.exportDataSources, { query: { names: 'dsp_clicks,dsp_clack' } })).rejects.toMatchObject({
    type: 'data-source-not-found',
    message: 'The catalogue has no data source dsp_clack',
  })
})

test('S-046: the saved queries that use a field are those that AMC would read so, the latest change first, page by page', async () => {
  const save = (name: string, sqlQuery: string) =>
    ana.call(api.createWorkflow, { body: { name, sqlQuery, parameters: [], values: {}, instanceId: null } })
  const direct = await save('Direct', 'SELECT clicks FROM dsp_clicks')
  const behind = await save('Behind a part', 'WITH c AS (SELECT SUM(d.clicks) AS n FROM dsp_clicks d) SELECT n FROM c')
  const audience = await save('Audience', 'SELECT user_id FROM dsp_clicks_for_audiences WHERE Clicks > 1')
  await save('A comment', 'SELECT campaign FROM dsp_clicks -- clicks')
  await save('Of another table', 'SELECT s.clicks FROM sponsored_ads_traffic s, dsp_clicks d')
  const thrown = await save('Thrown away', 'SELECT clicks FROM dsp_clicks')
  await ana.call(api.deleteWorkflow, { params: { workflowId: thrown.id } })
  const params = { name: 'dsp_clicks', field: 'clicks' }
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await ana.call(api.listFieldUses, { params, query: { limit: 1, cursor } })
    names.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(names).toEqual([audience.name, behind.name, direct.name])
  const ben = await world.signIn('ben')
  expect((await ben.call(api.listFieldUses, { params })).items).toEqual([])
  await expect(ana.call(api.listFieldUses, { params: { ...params, name: 'nowhere' } })).rejects.toMatchObject({
    type: 'data-source-not-found',
  })
})
