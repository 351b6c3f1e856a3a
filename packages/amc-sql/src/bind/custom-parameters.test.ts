import { expect, test } from 'vitest'
import { eventSchema } from '../../test/schema.ts'
import { applyEdits } from '../edits.ts'
import type { ParameterDeclaration, ParameterType } from '../parameters.ts'
import { parse } from '../parse.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import { fromCustomParameter } from './from-custom.ts'
import { toCustomParameter } from './to-custom.ts'

const where = (condition: string) => `SELECT campaign, COUNT(*) AS n FROM views WHERE ${condition} GROUP BY 1`

function declared(type: ParameterType, more: Partial<ParameterDeclaration> = {}): ParameterDeclaration {
  return { name: 'p', type, list: false, whenEmpty: 'error', ...more }
}

const list = declared('STRING', { list: true })
const optional = declared('STRING', { list: true, whenEmpty: 'all' })

function toCustom(text: string, declaration: ParameterDeclaration): string {
  const result = toCustomParameter(text, 'p', [declaration], eventSchema)
  if (!result.ok) throw new Error(result.diagnostics.map((one) => one.message).join('; '))
  const converted = applyEdits(text, result.edits)
  expect(parse(converted)).toMatchObject({ diagnostics: [], parameterUses: [] })
  return converted
}

function fromCustom(text: string, dataType: CustomParameter['dataType']) {
  const result = fromCustomParameter(text, { name: 'p', dataType }, eventSchema)
  if (!result.ok) throw new Error(result.diagnostics.map((one) => one.message).join('; '))
  return { text: applyEdits(text, result.edits), declaration: result.declaration }
}

const texts = { type: 'ARRAY', elementDataType: 'STRING' } as const

test.each<[string, ParameterDeclaration, string]>([
  ['campaign = {{p}}', declared('STRING'), "campaign = CUSTOM_PARAMETER('p')"],
  ['clicks > 1 AND{{p}}', declared('BOOLEAN'), "clicks > 1 AND CUSTOM_PARAMETER('p')"],
  ['campaign -- why\n IN {{p}}', list, "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign -- why\n )"],
  ['clicks > {{p}} + 1', declared('INTEGER'), "clicks > CUSTOM_PARAMETER('p') + 1"],
  ['event_date >= {{p}}', declared('DATE'), "event_date >= CAST(CUSTOM_PARAMETER('p') AS DATE)"],
  ['CAST({{p}} AS DATE) = event_date', declared('DATE'), "CAST(CUSTOM_PARAMETER('p') AS DATE) = event_date"],
  ["event_date >= DATE '{{p}}'", declared('STRING'), "event_date >= CAST(CUSTOM_PARAMETER('p') AS DATE)"],
  [
    "event_date >= DATE '{{p}}-01'",
    declared('STRING'),
    "event_date >= CAST(CONCAT(CUSTOM_PARAMETER('p'), '-01') AS DATE)",
  ],
  ['campaign LIKE {{p}}', declared('STRING'), "campaign LIKE CUSTOM_PARAMETER('p')"],
  ["campaign LIKE '%{{p}}%'", declared('STRING'), "campaign LIKE CONCAT('%', CUSTOM_PARAMETER('p'), '%')"],
  ["campaign = 'it''s {{p}}'", declared('LONG'), "campaign = CONCAT('it''s ', CUSTOM_PARAMETER('p'))"],
  ["campaign = '{{p}}'", declared('LONG'), "campaign = CONCAT('', CUSTOM_PARAMETER('p'))"],
  ['{{p}} OR clicks > 1', declared('BOOLEAN'), "CUSTOM_PARAMETER('p') OR clicks > 1"],
  ["campaign IN ({{p}}, 'x')", declared('STRING'), "campaign IN (CUSTOM_PARAMETER('p'), 'x')"],
  ['campaign IN {{p}}', list, "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)"],
  ['(campaign) IN ( {{p}} )', list, "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), (campaign))"],
  ['campaign NOT IN {{p}} AND clicks > 1', list, "NOT ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign) AND clicks > 1"],
  ['campaign NOT IN {{p}} IS TRUE', list, "(NOT ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)) IS TRUE"],
  ['CONTAINED_IN(campaign, {{p}})', list, "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)"],
  ['ARRAY_CONTAINS(ARRAY[{{p}}], campaign)', list, "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)"],
  ['ARRAY_CONTAINS({{p}}, campaign)', list, "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)"],
  [
    'clicks > 1 AND campaign IN {{p}}',
    optional,
    "clicks > 1 AND (CARDINALITY(CUSTOM_PARAMETER('p')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign))",
  ],
  [
    'NOT (campaign IN {{p}} OR clicks > 1)',
    optional,
    "(CARDINALITY(CUSTOM_PARAMETER('p')) = 0 OR NOT (ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign) OR clicks > 1))",
  ],
])('F-09: where %s becomes AMC’s own form', (condition, declaration, expected) => {
  expect(toCustom(where(condition), declaration)).toBe(where(expected))
})

test('F-08: every use is converted, and declared once in the shape that Amazon wants', () => {
  const text = 'SELECT {{p}} AS picked, COUNT(*) AS n FROM views WHERE campaign = {{p}} OR line_item = {{p}}'
  const described = declared('STRING', { default: 'x', description: 'A campaign' })
  const result = toCustomParameter(text, 'p', [described], eventSchema)
  expect(result).toMatchObject({
    ok: true,
    declaration: {
      name: 'p',
      dataType: 'STRING',
      columnType: 'DIMENSION',
      defaultValue: 'x',
      description: 'A campaign',
    },
  })
  expect(result.ok && applyEdits(text, result.edits)).toBe(text.replaceAll('{{p}}', "CUSTOM_PARAMETER('p')"))
})

test.each<[string, ParameterDeclaration[], unknown]>([
  ['campaign IN {{p}}', [optional], { dataType: texts, columnType: 'DIMENSION', defaultValue: [] }],
  ['clicks IN {{p}}', [], { dataType: { type: 'ARRAY', elementDataType: 'LONG' }, columnType: 'METRIC' }],
  ['event_dt_utc > {{p}}', [], { dataType: 'TIMESTAMP', columnType: 'DIMENSION' }],
])(
  'the declaration for %s has its type, by the column where nothing is declared',
  (condition, declarations, expected) => {
    const result = toCustomParameter(where(condition), 'p', declarations, eventSchema)
    expect(result).toMatchObject({ ok: true, declaration: { name: 'p', ...(expected as object) } })
  },
)

test.each<[string, ParameterDeclaration, string, string]>([
  ['WITH v (a) AS (VALUES {{p}}) SELECT a FROM v', list, '{{p}}', 'VALUES holds values that are written out'],
  ['SELECT campaign FROM {{p}}', declared('STRING'), '{{p}}', 'A parameter cannot stand for a table'],
  [
    "SELECT campaign FROM TABLE(EXTEND_TIME_WINDOW('views', 'P{{p}}D', 'P0D')) v",
    declared('LONG'),
    '{{p}}',
    'EXTEND_TIME_WINDOW takes fixed texts only',
  ],
  ['SELECT campaign FROM views LIMIT {{p}}', declared('LONG'), '{{p}}', 'LIMIT takes a number that is written out'],
  ['SELECT campaign FROM views GROUP BY {{p}}', declared('LONG'), '{{p}}', 'GROUP BY and ORDER BY take a number'],
  [where("event_date > CURRENT_DATE - INTERVAL '{{p}}' DAY"), declared('LONG'), '{{p}}', 'INTERVAL takes a number'],
  [where("campaign IN ({{p}}, 'x')"), list, '{{p}}', 'it stands beside other members of a list'],
  [where('(campaign, line_item) IN {{p}}'), list, '{{p}}', "AMC's parameters hold values, not rows"],
  [where('campaign = {{p}} OR campaign IN {{q}}'), optional, '{{p}}', 'a list stands where one value is wanted'],
  [
    where("campaign = DATE_TRUNC('{{p}}', event_dt_utc)"),
    declared('STRING'),
    '{{p}}',
    'DATE_TRUNC takes fixed texts only',
  ],
  ['SELECT campaign FROM views WHERE campaign =', declared('STRING'), '', 'An expression is missing'],
  ['SELECT campaign FROM views', declared('STRING'), '', 'There is no {{p}} in the query'],
])('%s: what stands against it is named at its place', (text, declaration, place, message) => {
  const result = toCustomParameter(text, 'p', [declaration], eventSchema)
  if (result.ok) throw new Error('was converted')
  expect(result.diagnostics).toHaveLength(1)
  const [one] = result.diagnostics
  expect(text.slice(one?.from, one?.to)).toBe(place)
  expect(one?.message).toContain(message)
})

test.each<[string, CustomParameter['dataType'], string, Partial<ParameterDeclaration>]>([
  ["campaign = CUSTOM_PARAMETER('p')", 'STRING', 'campaign = {{p}}', { type: 'STRING', list: false }],
  ["event_date >= CAST(CUSTOM_PARAMETER('p') AS DATE)", 'DATE', 'event_date >= {{p}}', { type: 'DATE' }],
  [
    "event_date >= CAST(CUSTOM_PARAMETER('p') AS DATE)",
    'STRING',
    'event_date >= CAST({{p}} AS DATE)',
    { type: 'STRING' },
  ],
  ["campaign LIKE CONCAT('%', CUSTOM_PARAMETER('p'), '%')", 'STRING', "campaign LIKE '%{{p}}%'", {}],
  ["campaign LIKE CONCAT(line_item, CUSTOM_PARAMETER('p'))", 'STRING', 'campaign LIKE CONCAT(line_item, {{p}})', {}],
  ["ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)", texts, 'campaign IN {{p}}', { list: true, whenEmpty: 'error' }],
  ["NOT ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), LOWER( campaign ) )", texts, 'LOWER( campaign ) NOT IN {{p}}', {}],
  ["NOT (ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign))", texts, 'NOT (campaign IN {{p}})', {}],
  ["ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign || 'x')", texts, "(campaign || 'x') IN {{p}}", {}],
  ["CARDINALITY(CUSTOM_PARAMETER('p')) > 3", texts, 'CARDINALITY({{p}}) > 3', { whenEmpty: 'error' }],
  [
    "(CARDINALITY(CUSTOM_PARAMETER('p')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign))",
    texts,
    '(campaign IN {{p}})',
    { list: true, whenEmpty: 'all' },
  ],
  [
    "ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign) OR CUSTOM_PARAMETER('p') IS NULL OR (0 = CARDINALITY(CUSTOM_PARAMETER('p')))",
    texts,
    'campaign IN {{p}}',
    { whenEmpty: 'all' },
  ],
  [
    "CUSTOM_PARAMETER('p') IS NULL OR ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign) OR clicks > 1",
    texts,
    'campaign IN {{p}} OR clicks > 1',
    { whenEmpty: 'error' },
  ],
])('where %s of type %j becomes %s', (condition, dataType, expected, declaration) => {
  const converted = fromCustom(where(condition), dataType)
  expect(converted.text).toBe(where(expected))
  expect(converted.declaration).toMatchObject({ name: 'p', ...declaration })
})

test.each<[string, CustomParameter['dataType'], string]>([
  ["SELECT CUSTOM_PARAMETER('p') AS x FROM views", texts, 'a list stands after IN'],
  [where("CUSTOM_PARAMETER('p') IS NULL"), texts, 'a list stands after IN'],
  [
    where(
      "(CARDINALITY(CUSTOM_PARAMETER('p')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign)) AND ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), line_item)",
    ),
    texts,
    'elsewhere an empty list is let pass, but not here',
  ],
  [
    where("CARDINALITY(CUSTOM_PARAMETER('p')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('p'), campaign) AND clicks > 1"),
    texts,
    'an empty list passes in a form',
  ],
  ["SELECT campaign FROM views GROUP BY CUSTOM_PARAMETER('p')", 'LONG', 'would be the number of a column'],
  [where("campaign = CUSTOM_PARAMETER('p')"), 'BINARY', 'BINARY cannot be written into a query'],
  [where("campaign = CUSTOM_PARAMETER('p') OR campaign = {{p}}"), 'STRING', 'The query has a {{p}} already'],
  [where('clicks > 1'), 'LONG', "There is no CUSTOM_PARAMETER('p')"],
])('%s of type %j cannot be written with a placeholder', (text, dataType, message) => {
  const result = fromCustomParameter(text, { name: 'p', dataType }, eventSchema)
  if (result.ok) throw new Error('was converted')
  expect(result.diagnostics[0]?.message).toContain(message)
})
