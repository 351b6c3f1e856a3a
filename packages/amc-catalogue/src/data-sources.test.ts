import { expect, test } from 'vitest'
import { readDataSources, type DataSource, type Field } from './data-sources.ts'
import { columnTypes, thresholds, units } from './schema.ts'

const sources = readDataSources()
const byName = sources.map((source) => [source.name, source] as const)
const identifier = /^[a-z][a-z0-9_]*$/

test('there are 42 data source files, each named like its table', () => {
  expect(sources).toHaveLength(42)
  expect(new Set(sources.map((source) => source.name)).size).toBe(42)
})

test.each(byName)('%s describes its table completely', (_, source) => {
  expect(tableFaults(source)).toEqual([])
})

test.each(byName)('the columns of %s are typed and classified', (_, source) => {
  expect(source.fields.flatMap(fieldFaults)).toEqual([])
})

test.each(byName)('no name of %s is used twice', (_, source) => {
  const names = [...source.fields, ...source.legacyFields].map((field) => field.name)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test('every column of money says in what unit it is', () => {
  const money: Record<string, RegExp> = {
    microcents:
      /^(spend|supply_cost|platform_fee|managed_service_fee|audience_fee|ocm_fee|third_party_fees|bid_price)$/,
    millicents: /^(impression_cost|total_cost|click_cost|(campaign|line_item|campaign_flight)_budget_amount)$/,
    currency: /(product|combined)_sales(_clicks|_views)?$|^(purchase_|pv_)?unit_price$|^purchase_dollar_amount$/,
    unitless: /^off_amazon_conversion_value$/,
  }
  const numbers = sources.flatMap((source) => source.fields.filter((field) => field.dataType !== 'STRING'))
  for (const [unit, names] of Object.entries(money)) {
    const columns = numbers.filter(({ name }) => names.test(name))
    expect(columns.length).toBeGreaterThan(0)
    expect(columns.filter((column) => column.unit !== unit)).toEqual([])
  }
  expect(
    numbers.filter(({ name, unit }) => unit === undefined && /cost|_fee|spend|price|amount|sales/.test(name)),
  ).toEqual([])
})

test('the checks see a fault', () => {
  const [source] = sources.filter((candidate) => candidate.name === 'conversions')
  if (source === undefined) throw new Error('conversions.json is missing')
  const [field] = source.fields
  if (field === undefined) throw new Error('conversions.json has no columns')
  expect(tableFaults({ ...source, timeColumn: 'tracked_item', title: ' ', tags: ['Not Good'] })).toEqual([
    'title is empty',
    'tag Not Good',
    'timeColumn tracked_item',
  ])
  expect(fieldFaults({ ...field, dataType: 'ARRAY', typeDetail: 'LIST', description: '' })).toEqual([
    `${field.name}: isArray`,
    `${field.name}: description`,
    `${field.name}: typeDetail LIST`,
  ])
})

function tableFaults(source: DataSource): string[] {
  const faults: string[] = []
  const check = (holds: boolean, fault: string) => holds || faults.push(fault)
  check(identifier.test(source.name), `name ${source.name}`)
  for (const key of ['title', 'category', 'description', 'availability'] as const)
    check(source[key].trim() !== '', `${key} is empty`)
  check(['fact', 'dimension'].includes(source.kind), `kind ${source.kind}`)
  check(source.sources.length > 0, 'no source is named')
  for (const tag of source.tags) check(/^[a-z0-9-]+$/.test(tag), `tag ${tag}`)
  check(
    source.audienceVariant === null || /^[a-z][a-z0-9_]*_for_audiences$/.test(source.audienceVariant),
    `audienceVariant ${source.audienceVariant}`,
  )
  check(
    source.inheritsFrom === undefined || sources.some((other) => other.name === source.inheritsFrom),
    `inheritsFrom ${source.inheritsFrom}`,
  )
  const columns = new Map(source.fields.map((field) => [field.name, field]))
  for (const key of source.joinKeys) check(columns.size === 0 || columns.has(key), `joinKey ${key}`)
  const time = source.timeColumn === null ? undefined : columns.get(source.timeColumn)?.dataType
  check(
    source.timeColumn === null || (source.kind === 'fact' && (time === 'DATE' || time === 'TIMESTAMP')),
    `timeColumn ${source.timeColumn}`,
  )
  return faults
}

function fieldFaults(field: Field): string[] {
  const faults: string[] = []
  const check = (holds: boolean, fault: string) => holds || faults.push(`${field.name}: ${fault}`)
  check(identifier.test(field.name), 'name')
  check(columnTypes.includes(field.dataType), `dataType ${field.dataType}`)
  check(thresholds.includes(field.aggregationThreshold), `aggregationThreshold ${field.aggregationThreshold}`)
  check(['dimension', 'metric'].includes(field.columnType), `columnType ${field.columnType}`)
  check(field.isArray === (field.dataType === 'ARRAY'), 'isArray')
  check(field.description.trim() !== '', 'description')
  check([true, false, null].includes(field.nullable), 'nullable')
  check(field.unit === undefined || units.includes(field.unit), `unit ${field.unit}`)
  check(
    field.typeDetail === undefined || /^(DECIMAL\(\d+,\d+\)|ARRAY<[A-Z]+>)$/.test(field.typeDetail),
    `typeDetail ${field.typeDetail}`,
  )
  return faults
}
