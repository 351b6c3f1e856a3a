import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { readAmcError } from '@recomamp/amc-sql/amc-errors'
import { describe, expect, test } from 'vitest'
import { advertiserTypesOf } from '../world/instance.ts'
import { people } from '../world/people.ts'
import { compile, schemaOf } from './compile.ts'

const schema = loadSchema()
const sql = 'SELECT campaign, COUNT(DISTINCT user_id) AS reach FROM dsp_impressions GROUP BY campaign'

function reason(sqlQuery: string, more: object = {}): string {
  const compiled = compile({ sqlQuery, ...more }, schema)
  if (compiled.ok) throw new Error('compiled')
  return compiled.reason
}

test('a good query compiles, rows removed by default', () => {
  expect(compile({ sqlQuery: sql }, schema)).toMatchObject({
    ok: true,
    query: { sql, privacy: { behavior: 'REMOVE_ROWS' } },
  })
})

test('the four fields of privacy reach the engine; naming the discriminator asks for blanked values', () => {
  const definition = {
    sqlQuery: sql,
    filteredMetricsDiscriminatorColumn: 'filtered',
    distinctUserCountColumn: 'users',
    filteredReasonColumn: 'reason',
  }
  expect(compile(definition, schema)).toMatchObject({
    query: {
      privacy: {
        behavior: 'REMOVE_VALUES',
        discriminatorColumn: 'filtered',
        userCountColumn: 'users',
        reasonColumn: 'reason',
      },
    },
  })
  const off = compile(definition, schema, { parameterValues: {}, aggregationControls: false })
  expect(off).toMatchObject({ query: { privacy: null } })
})

describe('reasons in the words of AMC, with a place that can be read back', () => {
  test('an unknown table', () => {
    const text = reason('SELECT a\nFROM no_such_table')
    expect(text).toMatch(/^From line 2, column 6 to line 2, column 18: Object 'no_such_table' not found/)
    expect(readAmcError(text).object).toEqual({ kind: 'table', name: 'no_such_table' })
  })

  test('an unknown column', () => {
    expect(reason('SELECT no_such_column FROM dsp_impressions')).toMatch(/Column 'no_such_column' not found/)
  })

  test('a syntax error', () => {
    expect(reason('SELECT campaign campaign FROM')).toMatch(/^Encountered ".*" at line 1, column \d+\./)
  })

  test('AMC does not know {{name}}', () => {
    expect(reason('SELECT campaign\nFROM {{table}}')).toMatch(/^Encountered "\{" at line 2, column 6\./)
  })

  test('an undeclared parameter, and one declared twice', () => {
    const withParameter = `SELECT campaign FROM dsp_impressions WHERE campaign = CUSTOM_PARAMETER('name') GROUP BY campaign`
    expect(reason(withParameter)).toMatch(/referenced an undeclared parameter name\.$/)
    const declared = { name: 'name', dataType: 'STRING' }
    expect(reason(withParameter, { inputParameters: [declared, declared] })).toBe(
      'The workflow parameter name is defined multiple times',
    )
  })

  test('user_id in the output', () => {
    expect(reason('SELECT user_id, campaign FROM dsp_impressions GROUP BY user_id, campaign')).toMatch(/user_id/)
  })

  test('other columns than declared', () => {
    expect(reason(sql, { outputColumns: [{ name: 'campaign' }] })).toBe(
      'Output columns [campaign, reach] do not match the declared output columns [campaign]',
    )
  })
})

test('a run needs a value for each declared parameter, or its default', () => {
  const definition = {
    sqlQuery: `SELECT campaign FROM dsp_impressions WHERE campaign = CUSTOM_PARAMETER('name') GROUP BY campaign`,
    inputParameters: [{ name: 'name', dataType: 'STRING' as const }],
  }
  const run = { parameterValues: {}, aggregationControls: true }
  expect(compile(definition, schema, run)).toEqual({
    ok: false,
    reason: 'The workflow parameter name has no value and no default value',
  })
  expect(compile(definition, schema, { ...run, parameterValues: { name: 'x' } }).ok).toBe(true)
  expect(compile(definition, schema).ok).toBe(true)
})

test('paid tables are there for subscribers only, their twins for audiences for all', () => {
  const instances = people.flatMap((person) => person.accounts.flatMap((account) => account.instances))
  const tablesOf = (id: string) =>
    schemaOf(
      schema,
      instances.find((instance) => instance.id === id)!,
    ).tables.map((table) => table.name)
  expect(tablesOf('amcana1us7q')).toContain('amazon_retail_purchases')
  expect(tablesOf('amcana1uk3h')).not.toContain('amazon_retail_purchases')
  expect(tablesOf('amcana1uk3h')).toContain('amazon_retail_purchases_for_audiences')
})

test('an instance with sponsored ads only has no dsp_ tables', () => {
  const instances = people.flatMap((person) => person.accounts.flatMap((account) => account.instances))
  const sponsored = instances.find((instance) => advertiserTypesOf(instance).join() === 'SPONSORED_ADS')!
  const names = schemaOf(schema, sponsored).tables.map((table) => table.name)
  expect(names.some((name) => name.startsWith('dsp_'))).toBe(false)
  expect(names).toContain('sponsored_ads_traffic')
})
