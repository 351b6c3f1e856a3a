import { expect, test } from 'vitest'
import { loadCatalogue } from '../files/load-catalogue.ts'
import { linkFields } from './field-links.ts'

const catalogue = loadCatalogue()
const links = linkFields(catalogue)

test('a name goes with its id, and an id with its name', () => {
  expect(links.goesWith('dsp_impressions', 'creative_id')).toContain('creative')
  expect(links.goesWith('dsp_impressions', 'campaign')).toContain('campaign_id')
  expect(links.goesWith('segment_metadata', 'segment_id')).toContain('segment_name')
})

test('a measure goes with what queries show beside it', () => {
  expect(links.goesWith('sponsored_ads_traffic', 'spend')).toEqual(expect.arrayContaining(['clicks', 'campaign']))
  expect(links.goesWith('dsp_video_events_feed', 'video_complete').slice(0, 3)).toContain('video_start')
})

test('a metric goes with its clicks and views', () => {
  const table = 'amazon_attributed_events_by_traffic_time'
  expect(links.goesWith(table, 'product_sales_clicks')).toEqual(
    expect.arrayContaining(['product_sales', 'product_sales_views']),
  )
})

test('what goes with a field stands in the same source and is never the field itself', () => {
  for (const { name, fields } of catalogue.dataSources) {
    const own = new Set(fields.map((field) => field.name))
    for (const field of own) {
      const companions = links.goesWith(name, field)
      expect(companions.length).toBeLessThanOrEqual(6)
      expect(companions.filter((other) => other === field || !own.has(other))).toEqual([])
    }
  }
})

test('a field is found in every other source that has it', () => {
  expect(links.alsoIn('request_tag', 'dsp_clicks')).toEqual(
    catalogue.dataSources
      .filter(({ name, fields }) => name !== 'dsp_clicks' && fields.some((field) => field.name === 'request_tag'))
      .map(({ name }) => name),
  )
  expect(links.alsoIn('new_to_brand')).toContain('conversions')
  expect(links.alsoIn('view_definition', 'dsp_views')).toEqual(['sponsored_ads_traffic'])
})

test('names that nobody knows have no companions', () => {
  expect(links.goesWith('dsp_clicks', 'nothing')).toEqual([])
  expect(links.goesWith('nowhere', 'campaign')).toEqual([])
  expect(links.alsoIn('nothing')).toEqual([])
})

test('the links of the whole catalogue are computed in well under a second', () => {
  const begin = performance.now()
  const fresh = linkFields(catalogue)
  for (const { name, fields } of catalogue.dataSources) for (const field of fields) fresh.goesWith(name, field.name)
  expect(performance.now() - begin).toBeLessThan(1500)
})
