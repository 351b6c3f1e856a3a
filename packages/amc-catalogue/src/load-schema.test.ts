import { expect, test } from 'vitest'
import { loadSchema } from './load-schema.ts'

const tables = new Map(loadSchema().tables.map((table) => [table.name, table]))

test('a table and its audience twin have the same columns', () => {
  const table = tables.get('sponsored_ads_traffic')
  const twin = tables.get('sponsored_ads_traffic_for_audiences')
  expect(table?.audience).toBe(false)
  expect(twin?.audience).toBe(true)
  expect(twin?.columns).toEqual(table?.columns)
  expect(twin?.timeColumn).toBe('event_dt_utc')
})

test('the twin of dsp_impressions lacks the two segment columns', () => {
  const names = (table: string) => tables.get(table)?.columns.map((column) => column.name) ?? []
  const missing = names('dsp_impressions').filter((name) => !names('dsp_impressions_for_audiences').includes(name))
  expect(missing.toSorted()).toEqual(['matched_behavior_segment_ids', 'user_behavior_segment_ids'])
})

test('the window of the attributed tables limits the time in their name', () => {
  expect(tables.get('amazon_attributed_events_by_conversion_time')?.timeColumn).toBe('conversion_event_dt_utc')
  expect(tables.get('amazon_attributed_events_by_traffic_time')?.timeColumn).toBe('traffic_event_dt_utc')
})

const retired = [
  'adserver_conversions',
  'adserver_conversions_with_brand',
  'adserver_traffic',
  'adserver_traffic_by_user_segments',
]

test('every fact table that lives has a time column and every dimension none', () => {
  const odd = [...tables.values()].filter((table) => (table.timeColumn !== null) !== (table.kind === 'fact'))
  expect(odd.map((table) => table.name)).toEqual(retired)
})

test('a table without public columns is no part of the schema, and a retired one says so in its category', () => {
  expect(tables.has('foursquare_visits')).toBe(false)
  const marked = [...tables.values()].filter((table) => table.category.includes('retired'))
  expect(marked.map((table) => table.name)).toEqual(retired)
})

test('names of older sources are kept apart from the columns', () => {
  expect(tables.get('dsp_impressions')?.legacyColumns).toContain('winning_bid_cost')
  expect(tables.get('dsp_impressions')?.replacements).toMatchObject({ winning_bid_cost: 'bid_price' })
  expect(tables.get('dsp_views')?.replacements).not.toHaveProperty('winning_bid_cost')
})

test('a column with a documented set of values carries it, also in the audience twin', () => {
  const values = (table: string, column: string) =>
    tables.get(table)?.columns.find((one) => one.name === column)?.values
  expect(values('amazon_attributed_events_by_traffic_time', 'ad_product_type')).toContain('sponsored_products')
  expect(values('sponsored_ads_traffic_for_audiences', 'match_type')).toContain('BROAD')
  expect(values('dsp_impressions', 'supply_source')).toContain('TWITCH WEB VIDEO')
  expect(values('dsp_impressions', 'campaign')).toBeUndefined()
})
