import { expect, test } from 'vitest'
import { loadCatalogue } from './load-catalogue.ts'

const { dataSources, examples } = loadCatalogue()

/** The tables that most analyses begin with. */
const main = [
  'amazon_attributed_events_by_conversion_time',
  'amazon_attributed_events_by_traffic_time',
  'amazon_brand_store_page_views',
  'conversions',
  'conversions_with_relevance',
  'dsp_clicks',
  'dsp_impressions',
  'dsp_views',
  'sponsored_ads_traffic',
]

test.each(dataSources.map((source) => [source.name, source] as const))(
  '%s has two examples, a main one five, or says why it has none',
  (_, { name, withoutExamples }) => {
    const wanted = withoutExamples !== undefined ? 0 : main.includes(name) ? 5 : 2
    const own = examples.filter(({ source }) => source === name)
    expect(own.length === 0).toBe(wanted === 0)
    expect(own.length).toBeGreaterThanOrEqual(wanted)
    expect(new Set(own.map(({ title }) => title)).size).toBe(own.length)
  },
)

test('only retired tables, and the one whose columns are not public, have no examples', () => {
  const without = dataSources.filter(({ withoutExamples }) => withoutExamples !== undefined)
  expect(without.map(({ name }) => name)).toEqual(
    dataSources.filter(({ fields, deprecated }) => fields.length === 0 || deprecated === true).map(({ name }) => name),
  )
})

test('what an example answers is asked as a question, and its query is that of no other', () => {
  for (const { slug, answers, sql } of examples) {
    expect(slug).toMatch(/^[a-z0-9-]+$/)
    expect(answers, slug).toMatch(/\?$/)
    expect(sql, slug).not.toMatch(/^--/)
  }
  expect(new Set(examples.map(({ sql }) => sql)).size).toBe(examples.length)
})
