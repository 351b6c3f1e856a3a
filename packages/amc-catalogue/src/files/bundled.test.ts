import { expect, test } from 'vitest'
import { readDataSources } from './bundled-sources.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { dataSources, relationships } = loadCatalogue()
const retired = dataSources.filter((source) => source.deprecated === true)

test('there are 42 data sources, four of them retired', () => {
  expect(dataSources).toHaveLength(42)
  expect(retired.map(({ name }) => name)).toEqual([
    'adserver_conversions',
    'adserver_conversions_with_brand',
    'adserver_traffic',
    'adserver_traffic_by_user_segments',
  ])
})

test('what is read without a check is what the check lets pass', () => {
  expect(readDataSources()).toEqual(dataSources)
})

test('every table with columns names the fields worth knowing, those that tell a person and a time among them', () => {
  for (const { name, fields, keyFields, timeColumn, joinKeys } of dataSources) {
    if (fields.length === 0) continue
    expect(keyFields.length, name).toBeGreaterThanOrEqual(Math.min(4, fields.length))
    expect(new Set(keyFields).size, name).toBe(keyFields.length)
    const expected = [joinKeys.find((key) => key === 'user_id'), timeColumn ?? undefined]
    for (const key of expected) expect(key === undefined || keyFields.includes(key), `${name} ${key}`).toBe(true)
  }
})

test('what one row is and what a table is not for differ from table to table', () => {
  const rows = dataSources.map(({ rowIs }) => rowIs)
  const same = rows.filter((row, at) => rows.indexOf(row) !== at)
  // The store tables have the same columns for two kinds of advertiser.
  expect(same).toEqual(['One interaction with a widget of a Brand Store', 'One view of a page in a Brand Store'])
  for (const { name, useFor, notFor } of dataSources) {
    expect(useFor.length, name).toBeGreaterThan(0)
    expect(notFor.length, name).toBeGreaterThan(1)
  }
})

test('tables that mirror each other name each other', () => {
  const names = new Map(dataSources.map((source) => [source.name, source.siblings.map(({ name }) => name)]))
  for (const [one, other] of [
    ['conversions', 'conversions_with_relevance'],
    ['dsp_impressions', 'dsp_views'],
    ['amazon_attributed_events_by_conversion_time', 'amazon_attributed_events_by_traffic_time'],
    ['audience_segments_eu_lifestyle', 'audience_segments_eu_lifestyle_snapshot'],
  ] as const) {
    expect(names.get(one)).toContain(other)
    expect(names.get(other)).toContain(one)
  }
})

test('every join key that two tables are said to share is one of both, and no relationship stands twice', () => {
  const keys = relationships.map(({ from, to, on }) => `${from} ${to} ${on.map(({ from }) => from).join()}`)
  expect(new Set(keys).size).toBe(keys.length)
  const joinKeys = new Map(dataSources.map((source) => [source.name, source.joinKeys]))
  for (const { from, to, on } of relationships)
    expect(
      on.some(
        (pair) => joinKeys.get(from)?.includes(pair.from) === true && joinKeys.get(to)?.includes(pair.to) === true,
      ),
      `${from} ${to}`,
    ).toBe(true)
})

test('every table with columns is related to another one', () => {
  const related = new Set(relationships.flatMap(({ from, to }) => [from, to]))
  const alone = dataSources.filter(({ name, fields }) => fields.length > 0 && !related.has(name))
  // One page of 2026-03 knows this table, and says nothing of how it meets others.
  expect(alone.map(({ name }) => name)).toEqual(['amazon_your_garage_all'])
})

test('every column of money says in what unit it is', () => {
  const money: Record<string, RegExp> = {
    microcents:
      /^(spend|supply_cost|platform_fee|managed_service_fee|audience_fee|ocm_fee|third_party_fees|bid_price)$/,
    millicents: /^(impression_cost|total_cost|click_cost|(campaign|line_item|campaign_flight)_budget_amount)$/,
    currency: /(product|combined)_sales(_clicks|_views)?$|^(purchase_|pv_)?unit_price$|^purchase_dollar_amount$/,
    unitless: /^off_amazon_conversion_value$/,
  }
  const numbers = dataSources.flatMap((source) => source.fields.filter((field) => field.dataType !== 'STRING'))
  for (const [unit, names] of Object.entries(money)) {
    const columns = numbers.filter(({ name }) => names.test(name))
    expect(columns.length).toBeGreaterThan(0)
    expect(columns.filter((column) => column.unit !== unit)).toEqual([])
  }
  expect(
    numbers.filter(({ name, unit }) => unit === undefined && /cost|_fee|spend|price|amount|sales/.test(name)),
  ).toEqual([])
})
