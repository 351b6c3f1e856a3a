import { expect, test } from 'vitest'
import { compileRun, type RunInput } from './compile-run.ts'
import type { Column, Schema, Table } from './schema.ts'

const column = (name: string, type: Column['type'], threshold: Column['threshold'], metric = false): Column => ({
  name,
  type,
  role: metric ? 'metric' : 'dimension',
  threshold,
  description: '',
})

const table = (name: string, columns: Column[]): Table => ({
  name,
  title: name,
  category: '',
  description: '',
  kind: 'fact',
  timeColumn: null,
  audience: false,
  legacyColumns: [],
  columns,
})

const schema: Schema = {
  tables: [
    table('dsp_clicks', [
      column('campaign', 'STRING', 'LOW'),
      column('postal_code', 'STRING', 'HIGH'),
      column('user_id', 'STRING', 'VERY_HIGH'),
      column('clicks', 'LONG', 'NONE', true),
    ]),
  ],
}

const template = `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign IN {{campaigns}}
GROUP BY campaign`

function compile(more: Partial<RunInput> = {}) {
  return compileRun({
    template,
    declarations: [{ name: 'campaigns', type: 'STRING', list: true, whenEmpty: 'all' }],
    values: { campaigns: ['Summer update', "Men's"] },
    schema,
    window: { start: '2025-07-01T00:00:00', end: '2025-07-08T00:00:00', timeZone: 'America/New_York' },
    privacyFilteringBehavior: 'REMOVE_ROWS',
    now: new Date('2025-11-22T10:00:00Z'),
    ...more,
  })
}

function findings(more: Partial<RunInput>): string[] {
  const compiled = compile(more)
  if (compiled.ok) throw new Error(`was compiled: ${compiled.sqlQuery}`)
  const text = more.template ?? template
  return compiled.diagnostics.map((one) => `${one.code} ${text.slice(one.from, one.to)}`)
}

test('a template and its values become the text for AMC, written once and kept as written elsewhere', () => {
  const compiled = compile()
  expect(compiled).toMatchObject({
    ok: true,
    sqlQuery: template.replace('{{campaigns}}', "('Summer update', 'Men''s')"),
    privacy: { behavior: 'REMOVE_ROWS' },
    window: { start: '2025-07-01T00:00:00', end: '2025-07-08T00:00:00', timeZone: 'America/New_York' },
  })
  expect(compile({ values: { campaigns: [] } })).toMatchObject({
    sqlQuery: template.replace('campaign IN {{campaigns}}', 'TRUE'),
  })
})

test('F-09: missing values, leftovers and syntax errors never reach AMC', () => {
  expect(findings({ values: {} })).toEqual(['parameter-missing {{campaigns}}'])
  expect(findings({ template: 'SELECT campaign FROM dsp_clicks WHERE campaign = {{ x }}' })).toEqual([
    'placeholder {{ x }}',
  ])
  expect(findings({ template: "SELECT 1 AS a WHERE 'x' = '{{ x }}'" })).toEqual(["placeholder '{{ x }}'"])
  expect(findings({ template: 'SELECT campaign, FROM dsp_clicks' })).toEqual(['syntax ,'])
})

test('a value that looks like a placeholder is sent as it is', () => {
  const compiled = compile({ values: { campaigns: ['{{x}}', '{{ y }}'] } })
  expect(compiled).toMatchObject({ ok: true, sqlQuery: expect.stringContaining("('{{x}}', '{{ y }}')") })
})

test('unknown names and privacy errors are found at their place in the template, behind filled values', () => {
  const text = `SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE campaign IN {{campaigns}} AND colour = 'red' AND postal_code IN {{codes}} GROUP BY campaign`
  const values = { campaigns: ['a long value', 'and another'], codes: ['10001', '10002', '10003'] }
  expect(findings({ template: text, values })).toEqual(expect.arrayContaining(['AMC009 colour']))
  const filtered = findings({ template: text.replace("AND colour = 'red'", ''), values })
  expect(filtered).toHaveLength(1)
  expect(filtered[0]).toMatch(/^AMC006 .*(postal_code|\{\{codes\}\})/)
  expect(findings({ template: 'SELECT COUNT(*) AS n FROM dsp_click' })).toEqual(['AMC009 dsp_click'])
})

test.each([
  [{ start: '2025-07-01T00:00:00Z' }, 'start'],
  [{ start: '2025-07-01' }, 'start'],
  [{ end: '2025-07-08T00:00:00+02:00' }, 'end'],
  [{ end: '2025-02-30T00:00:00' }, 'end'],
  [{ end: '2025-07-01T00:00:00' }, 'ends before it starts'],
  [{ timeZone: 'Mars/Olympus' }, 'time zone'],
])('F-05: the window %j is refused before sending', (change, words) => {
  const window = { start: '2025-07-01T00:00:00', end: '2025-07-08T00:00:00', timeZone: 'UTC', ...change }
  const compiled = compile({ window })
  if (compiled.ok) throw new Error('was compiled')
  expect(compiled.diagnostics).toHaveLength(1)
  expect(compiled.diagnostics[0]).toMatchObject({ code: 'window', severity: 'error' })
  expect(compiled.diagnostics[0]?.message).toContain(words)
})

test('faults of the window and of values are reported together', () => {
  const window = { start: '2025-07-01T00:00:00Z', end: '2025-07-08T00:00:00', timeZone: 'UTC' }
  expect(findings({ window, values: {} })).toEqual(['window ', 'parameter-missing {{campaigns}}'])
})

test('the columns that AMC adds have names that no output column has', () => {
  const named = template.replace('AS clicks', 'AS filtered')
  expect(compile({ template: named, privacyFilteringBehavior: 'REMOVE_VALUES' })).toMatchObject({
    privacy: {
      behavior: 'REMOVE_VALUES',
      discriminatorColumn: 'filtered_2',
      userCountColumn: 'user_count',
      reasonColumn: 'filtered_reason',
    },
  })
})

const custom = `SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks
WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign) AND clicks > CUSTOM_PARAMETER('least')
  AND clicks < CUSTOM_PARAMETER('least') + {{most}} GROUP BY campaign`
const least = { name: 'least', type: 'LONG', list: false, whenEmpty: 'error', default: 3 } as const
const most = { name: 'most', type: 'LONG', list: false, whenEmpty: 'error' } as const
const campaigns = { name: 'campaigns', type: 'STRING', list: true, whenEmpty: 'error' } as const

test('F-08, F-09: what the query leaves to AMC is declared once and sent beside it; {{x}} is in the text', () => {
  const compiled = compile({
    template: custom,
    declarations: [campaigns, least, most],
    values: { campaigns: ['a'], most: 9 },
  })
  expect(compiled).toMatchObject({
    ok: true,
    sqlQuery: custom.replace('{{most}}', '9'),
    inputParameters: [
      { name: 'campaigns', dataType: { type: 'ARRAY', elementDataType: 'STRING' }, columnType: 'DIMENSION' },
      { name: 'least', dataType: 'LONG', columnType: 'DIMENSION', defaultValue: 3 },
    ],
    parameterValues: { campaigns: ['a'] },
  })
})

test.each<[string, Partial<RunInput>, string[]]>([
  ['is not declared', { declarations: [campaigns, most] }, ["AMC011 'least'", "AMC011 'least'"]],
  ['has no value', { values: { most: 9 } }, ["parameter-missing CUSTOM_PARAMETER('campaigns')"]],
  [
    'has the wrong type',
    { values: { campaigns: ['a'], least: 'x', most: 9 } },
    ["parameter-type CUSTOM_PARAMETER('least')"],
  ],
])('F-09: a parameter of AMC that %s stops the run where it is used', (_, more, expected) => {
  const input = {
    template: custom,
    declarations: [campaigns, least, most],
    values: { campaigns: ['a'], most: 9 },
    ...more,
  }
  expect(findings(input)).toEqual(expected)
})

test('more parameters of AMC than it takes are refused before sending', () => {
  const names = Array.from({ length: 101 }, (_, at) => `p${at}`)
  const declarations = names.map((name) => ({ ...least, name }))
  const template = `SELECT campaign, ${names.map((name) => `CUSTOM_PARAMETER('${name}') AS ${name}`).join(', ')}, COUNT(*) AS n FROM dsp_clicks GROUP BY 1`
  expect(findings({ template, declarations, values: {} })).toEqual(["parameter-count CUSTOM_PARAMETER('p0')"])
})

test('F-42: values and queries that AMC may find too long are said before sending', () => {
  const many = Array.from({ length: 900 }, (_, at) => `campaign number ${at}`)
  const warnings = (more: Partial<RunInput>) => {
    const compiled = compile(more)
    return compiled.ok ? compiled.warnings.map(({ code }) => code) : ['not compiled']
  }
  const values = { campaigns: many, least: 1, most: 9 }
  expect(warnings({ template: custom, declarations: [campaigns, least, most], values })).toContain('long-value')
  expect(warnings({ values: { campaigns: many } })).toEqual(['AMC042'])
  const long = many.map((name) => name.padEnd(200, '\u00e9'))
  expect(warnings({ values: { campaigns: long } })).toEqual(['long-query', 'AMC042'])
})

test('F-42: a list that is sent as a WITH part brings up no finding but that it is', () => {
  const many = Array.from({ length: 500 }, (_, at) => `campaign number ${at}`)
  for (const condition of ['campaign IN {{campaigns}}', 'campaign NOT IN {{campaigns}}']) {
    const compiled = compile({
      template: template.replace('campaign IN {{campaigns}}', condition),
      values: { campaigns: many },
    })
    expect(compiled).toMatchObject({ ok: true, sqlQuery: expect.stringMatching(/^WITH campaigns_list \(listed\) AS/) })
    expect(compiled.ok && compiled.warnings.map(({ code }) => code)).toEqual(['AMC042'])
  }
})
