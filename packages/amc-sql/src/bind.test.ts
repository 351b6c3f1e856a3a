import { expect, test } from 'vitest'
import { bind } from './bind.ts'
import { inferDeclarations, inferParameters } from './bind/infer.ts'
import type { ParameterDeclaration, ParameterType, ParameterValue, ParameterValues } from './parameters.ts'
import { parse } from './parse.ts'
import type { Schema } from './schema.ts'

function declared(name: string, type: ParameterType, more: Partial<ParameterDeclaration> = {}): ParameterDeclaration {
  return { name, type, list: false, whenEmpty: 'error', ...more }
}

function filled(template: string, values: ParameterValues, declarations: ParameterDeclaration[] = []): string {
  const result = bind(template, declarations, values)
  if (!result.ok) throw new Error(result.diagnostics.map((one) => one.message).join('; '))
  return result.text
}

function refused(template: string, values: ParameterValues, declarations: ParameterDeclaration[] = []): string[] {
  const result = bind(template, declarations, values)
  if (result.ok) throw new Error(`was bound: ${result.text}`)
  return result.diagnostics.map((one) => `${one.code} ${template.slice(one.from, one.to)}: ${one.message}`)
}

const where = (condition: string) => `SELECT a FROM t WHERE ${condition}`

test.each<[string, ParameterValue, string]>([
  ['x = {{p}}', "men's", "x = 'men''s'"],
  ['x = {{p}}', 12, 'x = 12'],
  ['x = {{p}}', true, 'x = TRUE'],
  ['x = {{p}}', null, 'x = NULL'],
  ['x -{{p}} > 0', -5, 'x - -5 > 0'],
  ['CASE WHEN a THEN{{p}}ELSE 1 END = 1', 7, 'CASE WHEN a THEN 7 ELSE 1 END = 1'],
  ['x IN {{p}}', ['a', "b'c"], "x IN ('a', 'b''c')"],
  ['x IN ({{p}})', ['a', 'b'], "x IN ('a', 'b')"],
  ["x IN ({{p}}, 'z')", ['a', 'b'], "x IN ('a', 'b', 'z')"],
  ['x IN {{p}}', 'one', "x IN ('one')"],
  ['x IN {{p}}', [1, 2], 'x IN (1, 2)'],
  ['x IN (VALUES {{p}})', ['a', 'b'], "x IN (VALUES ('a'), ('b'))"],
  ['(x, y) IN (VALUES {{p}})', ['a', 'b', 'c', 'd'], "(x, y) IN (VALUES ('a', 'b'), ('c', 'd'))"],
  ['ARRAY_CONTAINS(ARRAY[{{p}}], x)', ['a', 'b'], "ARRAY_CONTAINS(ARRAY['a', 'b'], x)"],
  ['CONTAINED_IN(x, {{p}})', ['a', 'b'], "CONTAINED_IN(x, 'a', 'b')"],
  ["x LIKE '%{{p}}%'", "Wal'ter", "x LIKE '%Wal''ter%'"],
  ['x LIKE {{p}}', '%brand%', "x LIKE '%brand%'"],
  ["d > CURRENT_DATE - INTERVAL '{{p}}' DAY", 14, "d > CURRENT_DATE - INTERVAL '14' DAY"],
  ['d > CURRENT_DATE - INTERVAL {{p}} DAY', 14, "d > CURRENT_DATE - INTERVAL '14' DAY"],
  ['x = 1 AND {{p}}', false, 'x = 1 AND FALSE'],
  ['(x, y) IN {{p}}', ['a', 'b', 'c', 'd'], "(x, y) IN (('a', 'b'), ('c', 'd'))"],
  ["(x, y) IN ({{p}}, ('e', 'f'))", ['a', 'b'], "(x, y) IN (('a', 'b'), ('e', 'f'))"],
  [
    'ARRAY_CONTAINS({{p}}, x) AND CARDINALITY({{p}}) > 1',
    ['a', 'b'],
    "ARRAY_CONTAINS(ARRAY['a', 'b'], x) AND CARDINALITY(ARRAY['a', 'b']) > 1",
  ],
  ['x SIMILAR TO {{p}}', '(?i)^brand', "x SIMILAR TO '(?i)^brand'"],
  ["d = DATE '{{p}}'", '2026-02-28', "d = DATE '2026-02-28'"],
  ["d = DATE '{{p}}-01-01'", 2026, "d = DATE '2026-01-01'"],
  ["d = TIMESTAMP '{{p}} 00:00:00'", '2026-02-28', "d = TIMESTAMP '2026-02-28 00:00:00'"],
  ['SUM(x) FILTER (WHERE {{p}}) > 1', true, 'SUM(x) FILTER (WHERE TRUE) > 1'],
])('where %s, %j is written as %s', (condition, value, expected) => {
  expect(filled(where(condition), { p: value })).toBe(where(expected))
})

test.each<[string, ParameterValue, string]>([
  ['SELECT a FROM t LIMIT {{p}} OFFSET {{p}}', 5, 'SELECT a FROM t LIMIT 5 OFFSET 5'],
  ['SELECT a, b FROM t GROUP BY {{p}} ORDER BY {{p}} DESC', 2, 'SELECT a, b FROM t GROUP BY 2 ORDER BY 2 DESC'],
  [
    "SELECT a FROM TABLE(EXTEND_TIME_WINDOW('{{p}}', 'P28D', 'P0D')) v",
    'dsp_clicks',
    "SELECT a FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P0D')) v",
  ],
  [
    "SELECT a FROM TABLE(EXTEND_TIME_WINDOW({{q}}, 'P{{p}}D', 'P0D')) v",
    28,
    "SELECT a FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P0D')) v",
  ],
  ['SELECT a FROM t JOIN u ON t.x = u.x AND u.y = {{p}}', 'z', "SELECT a FROM t JOIN u ON t.x = u.x AND u.y = 'z'"],
])('%s with %j is %s', (template, value, expected) => {
  expect(filled(template, { p: value, q: 'dsp_clicks' })).toBe(expected)
})

test.each<[string, ParameterValue, string]>([
  ['SELECT a FROM t LIMIT {{p}}', '5; DROP', 'parameter-place {{p}}: p must be a whole number of rows'],
  ['SELECT a FROM t LIMIT {{p}}', -1, 'parameter-place {{p}}: p must be a whole number of rows'],
  [
    'SELECT a FROM t ORDER BY {{p}}',
    'campaign',
    'parameter-place {{p}}: p stands for a column of the result, which only a number can name',
  ],
  [where('d > CURRENT_DATE - INTERVAL {{p}} DAY'), 'week', 'parameter-place {{p}}: p must be a number in an INTERVAL'],
  [
    where("d > CURRENT_DATE - INTERVAL '{{p}}' DAY"),
    'week',
    "parameter-type {{p}}: With the value of p this is 'week', but must be a number, such as 14",
  ],
  [
    where("d > DATE '{{p}}-31'"),
    '2026-02',
    "parameter-type {{p}}: With the value of p this is '2026-02-31', but must be a date such as 2025-07-15",
  ],
  [where('ARRAY_CONTAINS({{p}}, x)'), 'a', 'parameter-place {{p}}: p stands for an array, but is one value'],
  [
    where('(x, y) IN {{p}}'),
    ['a', 'b', 'c'],
    'parameter-columns {{p}}: p has 3 values, which do not fill rows of 2 columns',
  ],
])('%s with %j is refused: %s', (template, value, message) => {
  expect(refused(template, { p: value })).toEqual([message])
})

test('F-10: a list in VALUES has one row for each value, or rows as wide as the column list says', () => {
  expect(filled('WITH v (a) AS (VALUES {{p}}) SELECT a FROM v', { p: ['x', 'y'] })).toBe(
    "WITH v (a) AS (VALUES ('x'), ('y')) SELECT a FROM v",
  )
  expect(filled('WITH v (a) AS (VALUES ({{p}})) SELECT a FROM v', { p: ['x', 'y'] })).toBe(
    "WITH v (a) AS (VALUES ('x'), ('y')) SELECT a FROM v",
  )
  expect(filled('WITH v (a, b) AS (VALUES {{p}}) SELECT a FROM v', { p: ['x', 1, 'y', 2] })).toBe(
    "WITH v (a, b) AS (VALUES ('x', 1), ('y', 2)) SELECT a FROM v",
  )
  expect(filled('SELECT a FROM (VALUES {{p}}) v (a, b)', { p: ['x', 1] })).toBe(
    "SELECT a FROM (VALUES ('x', 1)) v (a, b)",
  )
  expect(refused('WITH v (a, b) AS (VALUES {{p}}) SELECT a FROM v', { p: ['x', 1, 'y'] })).toEqual([
    'parameter-columns {{p}}: p has 3 values, which do not fill rows of 2 columns',
  ])
})

test('F-11: a pattern keeps the wildcards that are written, and gets no others', () => {
  expect(filled(where("x LIKE '%{{p}}%' AND y LIKE {{p}}"), { p: '50%_' })).toBe(
    where("x LIKE '%50%_%' AND y LIKE '50%_'"),
  )
  const plain = bind(where('x LIKE {{p}}'), [], { p: 'brand' })
  expect(plain.diagnostics.map((one) => one.code)).toEqual(['pattern-without-wildcard'])
})

test('F-12: words that look dangerous are values like all others', () => {
  const words = ['Summer update', 'Walter', 'DROP', "'; DELETE FROM t --", 'EXEC(1)']
  const quoted = words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ')
  expect(filled(where('x IN {{p}}'), { p: words })).toBe(where(`x IN (${quoted})`))
})

test('F-08: a name used twice is filled in both places, declared once', () => {
  expect(filled(where('a = {{p}} OR b = {{p}}'), { p: 'x' }, [declared('p', 'STRING')])).toBe(
    where("a = 'x' OR b = 'x'"),
  )
  expect(refused(where('a = {{p}}'), { p: 'x' }, [declared('p', 'STRING'), declared('p', 'LONG')])).toContain(
    'parameter-declared-twice {{p}}: p is declared twice',
  )
})

test('F-09: a value that is missing is named once, at its first use; a default stands in', () => {
  expect(refused(where("a = {{p}} OR b = '{{p}}' OR c = {{q}}"), {})).toEqual([
    'parameter-missing {{p}}: p has no value',
    'parameter-missing {{q}}: q has no value',
  ])
  expect(refused(where('a = {{constructor}}'), {})).toEqual([
    'parameter-missing {{constructor}}: constructor has no value',
  ])
  expect(filled(where('a = {{p}}'), {}, [declared('p', 'STRING', { default: 'x' })])).toBe(where("a = 'x'"))
})

const big = '9223372036854775807'

test.each<[ParameterType, ParameterValue, string]>([
  ['STRING', 12, "'12'"],
  ['INTEGER', '12', '12'],
  ['INTEGER', -12, '-12'],
  ['LONG', big, big],
  ['DECIMAL', '12.50', '12.50'],
  ['DECIMAL', 0.5, '0.5'],
  ['DOUBLE', 1e21, '1e+21'],
  ['BOOLEAN', 'true', 'TRUE'],
  ['DATE', '2024-02-29', "DATE '2024-02-29'"],
  ['TIMESTAMP', '2025-07-15T08:00:00', "TIMESTAMP '2025-07-15 08:00:00'"],
])('a declared %s takes %j as %s', (type, value, expected) => {
  const text = filled(where('x = {{p}}'), { p: value }, [declared('p', type)])
  expect(text).toBe(where(`x = ${expected}`))
  expect(parse(text).diagnostics).toEqual([])
})

test.each<[ParameterType, ParameterValue]>([
  ['STRING', true],
  ['STRING', 2 ** 60],
  ['INTEGER', 2 ** 31],
  ['INTEGER', 1.5],
  ['INTEGER', '1; DROP'],
  ['LONG', 2 ** 60],
  ['LONG', '9223372036854775808'],
  ['DECIMAL', '1e5'],
  ['DECIMAL', ''],
  ['DOUBLE', Infinity],
  ['BOOLEAN', 'yes'],
  ['DATE', '2025-02-30'],
  ['DATE', '15.07.2025'],
  ['TIMESTAMP', '2025-07-15T00:00:00Z'],
  ['TIMESTAMP', '2025-07-15T25:00:00'],
])('a declared %s refuses %j and names the parameter', (type, value) => {
  const [first] = refused(where('x = {{p}}'), { p: value }, [declared('p', type)])
  expect(first).toMatch(/^parameter-type \{\{p\}\}: p is /)
})

test('the value of a list that does not fit is named by its number', () => {
  expect(refused(where('x IN {{p}}'), { p: [1, 'two'] }, [declared('p', 'LONG', { list: true })])[0]).toContain(
    'Value 2 of p is "two"',
  )
})

test.each<[string, ParameterValue, string]>([
  ['x = {{p}}', ['a'], 'p is a list and cannot stand here'],
  ["x IN ('{{p}}')", ['a', 'b'], 'p is a list and cannot stand here'],
  ['{{p}}', 'a', 'p stands where a whole condition is expected, but its value is not true or false'],
  ["x = '{{p}}'", null, 'p is NULL and cannot be a part of a text'],
])('where %s, %j is refused: %s', (condition, value, message) => {
  expect(refused(where(condition), { p: value })[0]).toContain(message)
})

const optional = [declared('p', 'STRING', { list: true, whenEmpty: 'all' })]

test.each([
  ['a = 1 AND x IN {{p}}', 'a = 1 AND TRUE'],
  ['a = 1 AND (x NOT IN ({{p}}))', 'a = 1 AND (TRUE)'],
  ['a = 1 AND NOT (x IN {{p}} OR y = 2)', 'a = 1 AND TRUE'],
  ['(x IN {{p}}) IS NOT TRUE', 'TRUE'],
  ['x IN (SELECT y FROM u WHERE y IN {{p}})', 'x IN (SELECT y FROM u WHERE TRUE)'],
  ['x IN (VALUES {{p}})', 'TRUE'],
  ['ARRAY_CONTAINS(ARRAY[{{p}}], x)OR b', 'TRUE OR b'],
  ['CASE WHEN x IN {{p}} THEN 1 ELSE 0 END = 1', 'CASE WHEN TRUE THEN 1 ELSE 0 END = 1'],
])('an empty list that means all turns %s into %s', (condition, expected) => {
  expect(filled(where(condition), { p: [] }, optional)).toBe(where(expected))
})

test('an empty list is an error by default, and "all" is one where there is no condition', () => {
  expect(refused(where('x IN {{p}}'), { p: [] })).toEqual(['parameter-empty {{p}}: p is an empty list'])
  expect(refused('WITH v (a) AS (VALUES {{p}}) SELECT a FROM v', { p: ['x'] }, optional)[0]).toContain(
    'stands in no condition',
  )
})

test('a template with a syntax error, or a placeholder where no value can stand, is refused', () => {
  expect(refused('SELECT a FROM {{p}}', { p: 't' })).toEqual([
    'placeholder {{p}}: A parameter cannot stand for a table',
  ])
  expect(refused('SELECT a AS {{p}} FROM t', { p: 't' })).toHaveLength(1)
  expect(refused('SELECT a FROM t WHERE b = {{ p }}', { p: 't' })[0]).toContain('placeholder')
})

const schema: Schema = {
  tables: [
    {
      name: 'dsp_clicks',
      title: '',
      category: '',
      description: '',
      kind: 'fact',
      timeColumn: null,
      audience: false,
      legacyColumns: [],
      columns: (['LONG', 'DATE', 'TIMESTAMP'] as const).map((type) => ({
        name: `a_${type.toLowerCase()}`,
        type,
        role: 'dimension',
        threshold: 'LOW',
        description: '',
      })),
    },
  ],
}

test('F-07: types are told from what is compared, never from the name; lists from the place', () => {
  const text = `WITH v (id) AS (VALUES {{brand_ids}})
    SELECT a FROM dsp_clicks c WHERE c.a_long IN {{names}} AND a_date >= {{x}} AND a_timestamp BETWEEN {{y}} AND {{y}}
    AND video_name = {{video_id}} AND CAST(d AS DATE) < {{z}} AND SUM(a_long) > {{w}} AND {{flag}} AND n LIKE '%{{date}}%'
    AND {{names}} IS NULL AND LEAST({{least}}, a_long) > 1 LIMIT {{n}}`
  const found = inferDeclarations(text, schema).map((one) => `${one.name} ${one.type}${one.list ? ' list' : ''}`)
  expect(found).toEqual([
    'brand_ids STRING list',
    'names LONG list',
    'x DATE',
    'y TIMESTAMP',
    'video_id STRING',
    'z DATE',
    'w LONG',
    'flag BOOLEAN',
    'date STRING',
    'least LONG',
    'n INTEGER',
  ])
})

test('F-07: types go through WITH parts and functions, and need no schema where the text tells', () => {
  const text = `WITH v AS (SELECT a_long AS x, COUNT(*) AS n FROM dsp_clicks GROUP BY 1)
    SELECT x FROM v WHERE x = {{a}} AND n > {{b}} AND x / 2 < {{c}} AND CAST(x AS DATE) = {{d}}`
  const found = (known?: Schema) => inferDeclarations(text, known).map((one) => `${one.name} ${one.type}`)
  expect(found(schema)).toEqual(['a LONG', 'b LONG', 'c DOUBLE', 'd DATE'])
  expect(found()).toEqual(['a STRING', 'b LONG', 'c STRING', 'd DATE'])
})

test('F-07: a list in VALUES has the type of what its column is compared with, by join, IN and in place', () => {
  const found = (text: string) =>
    inferParameters(text, schema).map(
      ({ declaration: { type, list }, toldBy }) => `${type}${list ? ' list' : ''} by ${toldBy}`,
    )
  const values = 'WITH v (id) AS (VALUES {{name_text}})'
  expect(found(`${values} SELECT COUNT(*) AS n FROM dsp_clicks c JOIN v ON v.id = c.a_long`)).toEqual([
    'LONG list by c.a_long',
  ])
  expect(found(`${values} SELECT COUNT(*) AS n FROM dsp_clicks WHERE a_date IN (SELECT id FROM v)`)).toEqual([
    'DATE list by a_date',
  ])
  expect(found('SELECT COUNT(*) AS n FROM dsp_clicks WHERE a_long IN (VALUES {{x}})')).toEqual(['LONG list by a_long'])
  expect(found('SELECT COUNT(*) AS n FROM dsp_clicks WHERE ARRAY_CONTAINS({{x}}, a_long)')).toEqual([
    'LONG list by a_long',
  ])
  expect(found('SELECT CASE WHEN a_long > 1 THEN {{x}} ELSE 0 END AS n FROM dsp_clicks')).toEqual(['INTEGER by 0'])
})

test('F-07: the parameters of AMC are told from their places as well', () => {
  const text = `SELECT CUSTOM_PARAMETER('Label') AS label, COUNT(*) AS n FROM dsp_clicks
    WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), a_long) AND a_date IN (CUSTOM_PARAMETER('day'), {{ids_2}})
    AND CARDINALITY(CUSTOM_PARAMETER('names')) > 0 AND a_long = CUSTOM_PARAMETER('no-name')`
  const found = inferDeclarations(text, schema).map((one) => `${one.name} ${one.type}${one.list ? ' list' : ''}`)
  expect(found).toEqual(['Label STRING', 'ids LONG list', 'day DATE', 'ids_2 DATE list', 'names STRING list'])
})

test('F-07: where nothing tells the type, no name does: it is text, and it is said that nothing told it', () => {
  const names = ['brand_ids', 'update_flag', 'video_name', 'start_date', 'is_active', 'limit']
  const text = `SELECT ${names.map((name) => `{{${name}}} AS x`).join(', ')} FROM dsp_clicks`
  expect(inferParameters(text, schema)).toEqual(
    names.map((name) => ({ declaration: declared(name, 'STRING'), toldBy: null })),
  )
})

test('a number that lost digits on its way is refused, declared or not', () => {
  expect(refused(where('x = {{p}}'), { p: 2 ** 60 })[0]).toContain(
    'must be text, true, false or a number of at most 64 bits',
  )
})
