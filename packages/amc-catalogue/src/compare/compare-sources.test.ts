import { assert, property, shuffledSubarray } from 'fast-check'
import { expect, test } from 'vitest'
import { loadCatalogue } from '../files/load-catalogue.ts'
import { compareSources, type Comparison } from './compare-sources.ts'
import { toComparisonCsv } from './comparison-csv.ts'

const { dataSources, relationships } = loadCatalogue()

function compare(...names: string[]): Comparison {
  return compareSources(
    names.map((name) => {
      const source = dataSources.find((one) => one.name === name)
      if (source === undefined) throw new Error(`no data source ${name}`)
      return source
    }),
    relationships,
  )
}
const row = (comparison: Comparison, name: string) => comparison.fields.find((field) => field.name === name)
const propertyOf = (comparison: Comparison, name: string) =>
  comparison.properties.find(({ property }) => property === name)

test('S-099: the fields of two sources stand side by side, and those that differ are told from those that do not', () => {
  const comparison = compare('dsp_impressions', 'dsp_clicks')
  expect(comparison.sources).toMatchObject([
    { name: 'dsp_impressions', fields: 106 },
    { name: 'dsp_clicks', fields: 105 },
  ])
  expect(row(comparison, 'campaign')).toMatchObject({ same: true, conflicts: [], subject: 'campaign' })
  expect(row(comparison, 'clicks')).toMatchObject({ same: false, conflicts: [], cells: [null, { dataType: 'LONG' }] })
  const onlyInClicks = comparison.fields.filter(({ cells }) => cells[0] === null)
  expect(onlyInClicks.map(({ name }) => name)).toContain('click_cost')
  expect(onlyInClicks).toHaveLength(12)
})

test('conflicts of type and threshold are marked', () => {
  const dates = compare('dsp_impressions', 'sponsored_ads_traffic', 'conversions_with_relevance')
  expect(row(dates, 'campaign_start_date')).toMatchObject({
    conflicts: ['dataType'],
    cells: [{ dataType: 'TIMESTAMP' }, { dataType: 'DATE' }, { dataType: 'DATE' }],
  })
  expect(row(compare('conversions', 'amazon_brand_store_page_views'), 'event_dt_utc')?.conflicts).toEqual(['threshold'])
  expect(row(compare('dsp_impressions', 'sponsored_ads_traffic'), 'matched_behavior_segment_ids')?.conflicts).toContain(
    'dataType',
  )
})

test('properties say whether all sources have the same', () => {
  const comparison = compare('conversions', 'conversions_with_relevance', 'conversions_all')
  expect(propertyOf(comparison, 'category')).toEqual({
    property: 'category',
    values: ['Conversions', 'Conversions', 'Paid features'],
    same: false,
  })
  expect(propertyOf(comparison, 'timeColumn')).toMatchObject({ same: true })
  expect(propertyOf(comparison, 'fields')?.values).toEqual([30, 53, 30])
})

test('known joins come with cardinality and caveat, from whichever side they are looked at', () => {
  const one = compare('dsp_impressions', 'dsp_views').joins
  expect(one[0]).toMatchObject({
    from: 0,
    to: 1,
    on: [{ from: 'request_tag', to: 'impression_id' }],
    known: { cardinality: 'one-to-many' },
  })
  const other = compare('dsp_views', 'dsp_impressions').joins
  expect(other[0]).toMatchObject({
    on: [{ from: 'impression_id', to: 'request_tag' }],
    known: { cardinality: 'many-to-one', caveat: one[0]?.known?.caveat },
  })
})

test('keys in common stand behind them, without a word about the join', () => {
  const { joins } = compare('dsp_views', 'dsp_clicks')
  expect(joins.map(({ on, known }) => [on[0]?.from, known])).toEqual([
    ['user_id', null],
    ['campaign_id', null],
    ['campaign_id_string', null],
    ['line_item_id', null],
  ])
})

test('what joins sponsored ads to conversions', () => {
  const { joins } = compare('sponsored_ads_traffic', 'conversions_with_relevance', 'conversions')
  const keys = joins.map(({ from, to, on }) => `${from} ${to} ${on.map((pair) => pair.from).join('+')}`)
  expect(keys).toEqual(expect.arrayContaining(['0 1 user_id+campaign_id_string', '0 2 user_id', '1 2 conversion_id']))
})

test('a source beside itself has no difference', () => {
  const comparison = compare('dsp_clicks', 'dsp_clicks')
  expect(comparison.fields.every(({ same }) => same)).toBe(true)
  expect(comparison.properties.every(({ same }) => same)).toBe(true)
})

test('one table as two instances have it: a column that is new in one, and one of another type', () => {
  const [first] = dataSources.filter(({ name }) => name === 'segment_metadata')
  if (first === undefined) throw new Error('segment_metadata is missing')
  const live = {
    ...first,
    rowIs: null,
    availability: null,
    fields: first.fields
      .filter(({ name }) => name !== 'category_path')
      .map((field) => (field.name === 'segment_id' ? { ...field, dataType: 'LONG' as const } : field)),
  }
  const differing = compareSources([first, live], relationships).fields.filter(({ same }) => !same)
  expect(differing).toMatchObject([
    { name: 'category_path', cells: [{ dataType: 'STRING' }, null] },
    { name: 'segment_id', conflicts: ['dataType'] },
  ])
})

test('a source whose columns are not public can be compared', () => {
  const comparison = compare('foursquare_visits', 'conversions')
  expect(comparison.fields).toHaveLength(30)
  expect(comparison.joins).toEqual([])
})

test('one source is none, and five are too many', () => {
  expect(() => compare('conversions')).toThrow('Two to 4 sources can be compared, not 1')
  expect(() => compareSources(dataSources.slice(0, 5), relationships)).toThrow('not 5')
})

test('whatever is compared: every field of every source stands in its column once, and the order of sources changes no row', () => {
  assert(
    property(shuffledSubarray([...dataSources], { minLength: 2, maxLength: 4 }), (chosen) => {
      const { fields } = compareSources(chosen, relationships)
      for (const [at, source] of chosen.entries())
        expect(fields.filter(({ cells }) => cells[at] !== null).map(({ name }) => name)).toEqual(
          source.fields.map(({ name }) => name).toSorted(),
        )
      const turned = compareSources(chosen.toReversed(), relationships).fields
      expect(turned.map(({ name, conflicts, same }) => ({ name, conflicts, same }))).toEqual(
        fields.map(({ name, conflicts, same }) => ({ name, conflicts, same })),
      )
    }),
    { numRuns: 40 },
  )
})

test('S-099: a comparison as CSV has a row for each property, field and join, a column for each source', () => {
  const comparison = compare('dsp_impressions', 'dsp_views')
  const lines = toComparisonCsv(comparison).split('\r\n')
  expect(lines[0]).toBe('what,name,same,conflicts,dsp_impressions,dsp_views')
  expect(lines).toHaveLength(2 + comparison.properties.length + comparison.fields.length + comparison.joins.length)
  expect(lines).toContain('field,total_cost,false,,DOUBLE metric NONE millicents,')
  expect(lines).toContain('join,dsp_impressions and dsp_views,,one-to-many,request_tag,impression_id')
})

test('S-159: what is not known of a field contradicts nothing', () => {
  const clicks = dataSources.find(({ name }) => name === 'dsp_clicks')
  if (clicks === undefined) throw new Error('no dsp_clicks')
  const unknown = { dataType: null, columnType: null, aggregationThreshold: null } as const
  const upload = { ...clicks, kind: null, joinKeys: ['user_id'], fields: [{ name: 'user_id', ...unknown }] }
  const { fields, joins } = compareSources([clicks, upload], relationships)
  expect(fields.find(({ name }) => name === 'user_id')).toMatchObject({ conflicts: [], same: true })
  expect(joins).toEqual([])
})
