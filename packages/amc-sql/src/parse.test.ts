import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthOfTime, threadTime } from '../test/growth-of-time.ts'
import { parse } from './parse.ts'
import type { Expression, Range, Select } from './tree.ts'

function select(text: string): Select {
  const { query, diagnostics } = parse(text)
  expect(diagnostics).toEqual([])
  if (query?.body.kind !== 'select') throw new Error(`${text} is no SELECT`)
  return query.body
}

function item(text: string): Expression {
  const [first] = select(`SELECT ${text} FROM t`).items
  if (first === undefined) throw new Error('no item')
  return first.expression
}

/** An expression with parentheses around every operation, to see what binds what. */
function shape(e: Expression): string {
  switch (e.kind) {
    case 'binary':
      return `(${shape(e.left)} ${e.operator} ${shape(e.right)})`
    case 'chain':
      return `(${e.operands.map((operand, at) => `${shape(operand)} ${e.operators[at] ?? ''}`.trim()).join(' ')})`
    case 'unary':
      return `(${e.operator} ${shape(e.operand)})`
    case 'between':
      return `(${shape(e.operand)} BETWEEN ${shape(e.low)} AND ${shape(e.high)})`
    case 'is':
      return `(${shape(e.operand)} IS${e.negated ? ' NOT' : ''} ${e.test})`
    case 'like':
      return `(${shape(e.operand)}${e.negated ? ' NOT' : ''} ${e.operator} ${shape(e.pattern)})`
    case 'in-list':
      return `(${shape(e.operand)}${e.negated ? ' NOT' : ''} IN ${e.items.map(shape).join(' ')})`
    case 'column':
      return e.parts.map((part) => part.text).join('.')
    case 'literal':
      return e.value
    case 'call':
      return `${e.name.text}(${e.arguments.map(shape).join(' ')})`
    default:
      return e.kind
  }
}

/** The faults of a text as `place: message`. */
function faults(text: string): string[] {
  return parse(text).diagnostics.map((one) => `${text.slice(one.from, one.to)}: ${one.message}`)
}

test.each([
  ['a OR b AND c', '(a OR (b AND c))'],
  ['NOT a = 1 AND b', '((NOT (a = 1)) AND b)'],
  ['NOT NOT a', '(NOT (NOT a))'],
  ['a + b * c - d', '(a + (b * c) - d)'],
  ['(a + b) * c', '((a + b) * c)'],
  ['-a * b', '((- a) * b)'],
  ['a - -1', '(a - (- 1))'],
  ['a BETWEEN 1 AND 2 AND b', '((a BETWEEN 1 AND 2) AND b)'],
  ['a = b IS NOT TRUE', '((a = b) IS NOT TRUE)'],
  ["a || 'x' LIKE 'y' OR c", '(((a || x) LIKE y) OR c)'],
  ['a NOT IN (1, 2) OR b', '((a NOT IN 1 2) OR b)'],
  ["a NOT SIMILAR TO '(?i)x' AND b", '((a NOT SIMILAR TO (?i)x) AND b)'],
  ['i.a <> 1', '(i.a <> 1)'],
])('%s binds as %s', (text, expected) => {
  expect(shape(item(text))).toBe(expected)
})

const accepted = [
  'SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 1 HAVING SUM(clicks) > 10',
  "WITH w AS (SELECT a FROM TABLE(EXTEND_TIME_WINDOW('t', 'P28D', 'P0D')) x) SELECT COUNT(*) AS n FROM w",
  "SELECT c.a FROM EXTEND_TIME_WINDOW('t', 'P28D', 'P0D') c",
  "SELECT a FROM t WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), a) OR CARDINALITY(ARRAY['a', 'b']) = 0",
  "WITH v (a) AS (VALUES {{p}}) SELECT a FROM v WHERE b IN {{q}} AND c = {{r}} AND d LIKE '%{{s}}%'",
  "WITH v (a, b) AS (VALUES ('x', 1), ('y', 2)) SELECT a, b FROM v",
  "SELECT NAMED_ROW('a', x, 'b', y) AS r, ARRAY_SORT(COLLECT(DISTINCT z)) AS s FROM (SELECT x, y, z FROM t) GROUP BY 1",
  'SELECT RANK() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST) AS r, SUM(c) OVER w FROM t WINDOW w AS (ORDER BY a)',
  'WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x FROM b) SELECT x FROM a UNION ALL (SELECT 2) UNION DISTINCT SELECT 3;',
  "SELECT EXTRACT(DOW FROM d), TRIM(BOTH ' ' FROM s), SUBSTRING(s FROM 1 FOR 2), POSITION('a' IN s), BUILT_IN_PARAMETER('TIME_WINDOW_START') - INTERVAL '7' DAY FROM t",
  'SELECT IF(a > 1, LEFT(b, 2), RIGHT(b, 2)), CASE a WHEN 1 THEN 2 ELSE 3 END, CAST(a AS DECIMAL(18, 4)), CAST(b AS DATE) FROM t',
  'SELECT a FROM x i JOIN y c ON i.k = c.k LEFT OUTER JOIN z USING (k, l) FULL JOIN q ON 1 = 1 CROSS JOIN r, s',
  "SELECT DATE '2025-01-01', TIMESTAMP '2025-01-01 00:00:00', CURRENT_DATE, CURRENT_TIMESTAMP, .5, 1e3, TRUE, NULL",
  'SELECT a AS da, b AS "date", c dat, d "value" FROM sandbox.t AS x (p, q) ORDER BY 1 DESC, b LIMIT 10 OFFSET 5',
  'SELECT DISTINCT(a) AS b, c FROM t WHERE (a, c) IN (VALUES (1, 2)) AND a IN (SELECT a FROM u)',
  'VALUES 1, 2',
]

test.each(accepted)('parses without a finding: %s', (text) => {
  expect(parse(text).diagnostics).toEqual([])
})

test('a comment or white space in every gap changes nothing but ranges', () => {
  for (const text of accepted) {
    const spread = parse(text)
      .tokens.map((token) => text.slice(token.from, token.to))
      .join("/* ) ' */\n--x\n")
    expect(withoutRanges(parse(spread).query)).toEqual(withoutRanges(parse(text).query))
    expect(parse(spread).diagnostics).toEqual([])
  }
})

function withoutRanges(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'from' || key === 'to' ? undefined : inner)),
  )
}

test('every node of a tree lies inside its parent, and its text begins and ends with its own tokens', () => {
  for (const text of accepted) {
    const nodes = rangesOf(parse(text).query, { from: 0, to: text.length })
    expect(nodes.length).toBeGreaterThan(3)
    expect(nodes.filter(({ node, parent }) => node.from < parent.from || node.to > parent.to)).toEqual([])
    const slices = nodes.map(({ node }) => text.slice(node.from, node.to))
    expect(slices.filter((slice) => slice !== slice.trim())).toEqual([])
  }
})

function rangesOf(value: unknown, parent: Range): { node: Range; parent: Range }[] {
  if (typeof value !== 'object' || value === null) return []
  if (!('from' in value && 'to' in value && typeof value.from === 'number' && typeof value.to === 'number'))
    return Object.values(value).flatMap((child) => rangesOf(child, parent))
  const node = { from: value.from, to: value.to }
  return [{ node, parent }, ...Object.values(value).flatMap((child) => rangesOf(child, node))]
}

test.each([
  ['SELECT a FROM t RIGHT JOIN u ON t.a = u.a', []],
  ['SELECT a FROM t INTERSECT SELECT a FROM u', ['INTERSECT: AMC SQL has no INTERSECT']],
  ['SELECT a FROM t EXCEPT SELECT a FROM u', ['EXCEPT: AMC SQL has no EXCEPT']],
  ['SELECT a FROM t QUALIFY r = 1', ['QUALIFY: AMC SQL has no QUALIFY']],
  ['SELECT a FROM t GROUP BY GROUPING SETS ((a), ())', ['GROUPING SETS: AMC SQL has no GROUPING SETS']],
  ['SELECT a FROM t GROUP BY ROLLUP(a)', ['ROLLUP(a): AMC SQL has no ROLLUP']],
  ['SELECT a FROM t GROUP BY ALL', ['ALL: AMC SQL has no GROUP BY ALL']],
  ['SELECT a::int FROM t', ['::: AMC SQL has no :: for casts']],
  ['SELECT TRY_CAST(a AS INT) FROM t', ['TRY_CAST: AMC SQL has no TRY_CAST']],
  ['SELECT COUNT(*) FILTER (WHERE a > 1) FROM t', ['FILTER: Amazon documents no FILTER']],
  ['SELECT MEDIAN(a) WITHIN GROUP (ORDER BY a) FROM t', ['WITHIN GROUP: AMC SQL has no WITHIN GROUP']],
  [
    'SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t',
    ['ROWS BETWEEN 1 PRECEDING AND CURRENT ROW: Amazon documents no window frames'],
  ],
  ['SELECT a FROM t NATURAL JOIN u', ['NATURAL JOIN: AMC SQL has no NATURAL JOIN']],
  ['SELECT a FROM t, LATERAL (SELECT 1) x', ['LATERAL: AMC SQL has no LATERAL']],
  ['SELECT a FROM t CROSS APPLY (SELECT 1) x', ['CROSS APPLY: AMC SQL has no APPLY']],
  ['WITH RECURSIVE x AS (SELECT 1) SELECT a FROM x', ['RECURSIVE: AMC SQL has no WITH RECURSIVE']],
  ['SELECT a FROM UNNEST(b) x', ['UNNEST: AMC SQL cannot read from UNNEST(…)']],
  ['SELECT a[1] FROM t', ['[1]: Amazon documents no array subscripts']],
  ['SELECT a FROM t WHERE EXISTS (SELECT 1)', ['EXISTS: Amazon documents no EXISTS']],
  ['SELECT DISTINCT ON (a) b FROM t', ['ON: AMC SQL has no DISTINCT ON']],
  ['SELECT TOP 5 b FROM t', ['TOP 5: AMC SQL has no TOP']],
  ['SELECT DISTINCT TOP (5) b FROM t', ['TOP (5): AMC SQL has no TOP']],
  ["SELECT a FROM t WHERE a ILIKE 'x'", ['ILIKE: AMC SQL has no ILIKE']],
  ["SELECT a AT TIME ZONE 'UTC' FROM t", ['AT TIME ZONE: AMC SQL has no AT TIME ZONE']],
  ['DELETE FROM t', ['DELETE: AMC runs queries only, not DELETE']],
  ['CREATE TABLE x AS SELECT a FROM t', ['CREATE: AMC runs queries only, not CREATE']],
  ['SELECT a FROM t; SELECT b FROM u', [';: AMC runs one statement at a time']],
])('what AMC lacks is named once, at its place: %s', (text, expected) => {
  expect(faults(text)).toEqual(expected)
})

test.each([
  [
    'SELECT a, b c SUM(d) FROM t WHERE x = 1 AND AND y = 2',
    ['SUM: A comma is missing before SUM', 'AND: AND stands here twice'],
  ],
  [
    'SELECT i.campaign, i. FROM i WHERE ',
    ['FROM: A column name is missing after i.', ': WHERE has no condition before the end'],
  ],
  ['SELECT a, FROM t', [',: A comma stands before FROM']],
  ['SELECT a FROM t WHERE (a = 1 AND (b = 2 GROUP BY 1', ['GROUP: The ( is not closed before GROUP']],
  ['SELECT SUM(a FROM t', ['FROM: The ( is not closed before FROM']],
  ['SELECT a FROM t) WHERE x = 1', ['): ) is not expected here']],
  ['SELECT a FROM t WHERE a = 1 b = 2', ['b: b is not expected here']],
  ['SELECT a FROM t GROUP BY a WHERE b = 1', ['WHERE: WHERE comes too late']],
  ['SELECT a FROM t ORDER BY a WHERE b = 1', ['WHERE: WHERE comes too late']],
  ['SELECT a FROM t WHERE a WHERE b', ['WHERE: This is a second WHERE']],
  ['SELECT CASE WHEN a THEN b FROM t', ['FROM: The CASE is not closed before FROM']],
  ['SELECT a AS order FROM t', ['order: order is a reserved word and cannot be an alias']],
  ['WITH a AS (SELECT 1), SELECT b FROM a', [',: A comma stands before SELECT']],
  ['WITH a AS (SELECT 1) b AS (SELECT 2) SELECT c FROM a', ['b: A comma is missing before b']],
  ['SELECT a FROM t WHERE a IN 1', ['1: IN needs a list in parentheses before 1']],
  ['SELECT a FROM t SELECT b FROM u', ['SELECT: A second SELECT begins here']],
  ['SELECT a FROM {{t}}', ['{{t}}: A parameter cannot stand for a table']],
  ['SELECT a FROM [my_table]', ['[: Square brackets mark text to replace']],
  ['SELECT {{x FROM t', ['{{x: This is not a placeholder']],
  ['hello', ['hello: A query cannot begin with hello']],
  ['', [': The query is empty']],
  ["SELECT 'a FROM t\nWHERE (b", ["': This text is not closed", ': The ( is not closed before the end']],
])('each slip is reported once, at its place: %s', (text, expected) => {
  expect(faults(text)).toEqual(expected)
})

test('an unfinished query keeps its tree up to the cursor', () => {
  const { query } = parse('SELECT i.campaign, i. FROM dsp_impressions i WHERE ')
  expect(query?.body).toMatchObject({
    items: [
      { expression: { parts: [{ text: 'i' }, { text: 'campaign' }] } },
      { expression: { parts: [{ text: 'i' }, { text: '', from: 21, to: 21 }] } },
    ],
    tables: [{ alias: { text: 'i' }, parts: [{ text: 'dsp_impressions' }] }],
    where: { kind: 'missing' },
  })
})

test('any text has an answer: no throw, and every finding inside the text', () => {
  const words = accepted.flatMap((text) => text.split(/\b/))
  const mixed = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: 'binary' })))
  fc.assert(
    fc.property(
      mixed.map((parts) => parts.join(' ')),
      (text) => {
        const outside = parse(text).diagnostics.filter(
          (one) => one.from < 0 || one.to < one.from || one.to > text.length,
        )
        expect(outside).toEqual([])
      },
    ),
    { numRuns: 100 },
  )
})

test('a text cut at any place keeps its tree and makes no cascade', () => {
  for (const text of accepted)
    for (let length = 7; length < text.length; length += 1) {
      const cut = parse(text.slice(0, length))
      expect(cut.query).not.toBeNull()
      expect(cut.diagnostics.length).toBeLessThan(5)
    }
})

test.each([
  ['', '('],
  ['SELECT ', '('],
  ['SELECT ', 'NOT '],
  ['SELECT ', '- '],
  ['SELECT ', 'CASE '],
  ['SELECT ', 'a IN ('],
  ['SELECT ', 'f('],
  ['', 'WITH a AS ('],
  ['SELECT ', 'a = '],
  ['SELECT a FROM b ', 'JOIN c '],
  ['', 'SELECT 1 UNION SELECT 2 UNION ALL '],
  ['', 'SELECT a FROM ('],
])('100 kB of %j%j are reported as too deep, once, without an overflow', (beginning, unit) => {
  const { diagnostics } = parse(beginning + unit.repeat(100_000 / unit.length))
  expect(diagnostics.filter((one) => one.code === 'too-deep')).toHaveLength(1)
})

test('500 levels are read; what lies deeper is said once, and the text goes on behind its bracket', () => {
  const levels = (count: number) => `SELECT ${'('.repeat(count)}1${')'.repeat(count)} AS a, b FROM t`
  expect(faults(levels(490))).toEqual([])
  const { query, diagnostics } = parse(levels(5_000))
  expect(diagnostics).toMatchObject([{ code: 'too-deep', message: 'The query is nested too deeply here' }])
  expect(query?.body).toMatchObject({ items: [{ alias: { text: 'a' } }, { expression: { kind: 'column' } }] })
})

test('chains of 100,000 members are lists', () => {
  const many = (unit: string, between: string) => Array.from({ length: 100_000 }, () => unit).join(between)
  for (const text of [
    `SELECT a FROM t WHERE ${many('a <> 1', ' AND ')}`,
    `SELECT a FROM t WHERE ${many('a <> 1', ' OR ')}`,
    `SELECT ${many('a', ' + ')} AS b FROM t`,
    `SELECT ${many('a', ' || ')} AS b FROM t`,
    many('SELECT a FROM t', ' UNION ALL '),
    `SELECT a FROM t WHERE a IN (${many("'B1'", ', ')})`,
  ])
    expect(faults(text)).toEqual([])
})

test('time is linear: eight times the text takes about eight times as long', () => {
  const unit = "SELECT a, SUM(b) AS c FROM t i WHERE i.x IN ('1', '2') AND y LIKE '%{{p}}%' GROUP BY 1 UNION ALL\n"
  const slow: string[] = []
  for (const one of [unit, "'", '"', '`', '‘', '{{', '(', ',', "'{{ '", '/', '😀']) {
    const [small, large] = [8_000, 64_000].map((length) => one.repeat(Math.ceil(length / one.length))) as [
      string,
      string,
    ]
    const growth = growthOfTime(parse, small, large, 4)
    if (growth >= 4) slow.push(`${one}: ${growth} times as long as in pieces`)
  }
  expect(slow).toEqual([])
})

test('P2: a query of 500 lines is read in less than 4 ms', () => {
  const part = `SELECT campaign, CASE WHEN device = 'PHONE' THEN 1 ELSE 0 END AS phone, -- a comment
    SUM(impressions) / NULLIF(COUNT(DISTINCT user_id), 0) AS per_user
  FROM dsp_impressions i LEFT JOIN dsp_clicks c ON i.request_tag = c.request_tag AND c.user_id IS NOT NULL
  WHERE i.campaign_id IN ({{ids}}, '1', '2') AND i.line_item LIKE '%{{pattern}}%'`
  const text = Array.from({ length: 100 }, () => part).join('\nUNION ALL\n')
  expect(text.split('\n').length).toBeGreaterThan(498)
  for (let round = 0; round < 20; round += 1) parse(text)
  expect(Math.min(...Array.from({ length: 3 }, () => threadTime(() => parse(text))))).toBeLessThan(4)
})
