import { expect, test } from 'vitest'
import { applyEdits, parse } from '../index.ts'

/** A text after the first fix of each finding of the parser, round by round, until it has none that needs no choice. */
function mended(text: string): string {
  let current = text
  for (let round = 0; round < 5; round += 1) {
    const fix = parse(current)
      .diagnostics.flatMap(({ fixes = [] }) => fixes)
      .find(({ suggestion }) => suggestion !== true)
    if (fix === undefined) break
    current = applyEdits(current, fix.edits)
  }
  return current
}

test.each([
  ['SELECT a b(c) FROM t', 'SELECT a, b(c) FROM t'],
  ['SELECT a, SUM(b) AS n, FROM t', 'SELECT a, SUM(b) AS n FROM t'],
  ['SELECT a FROM t GROUP BY a,', 'SELECT a FROM t GROUP BY a'],
  ['SELECT a FROM t, WHERE b = 1', 'SELECT a FROM t WHERE b = 1'],
  ['SELECT a FROM t WHERE b IN (1, 2,)', 'SELECT a FROM t WHERE b IN (1, 2)'],
  ['SELECT COUNT(a FROM t', 'SELECT COUNT(a) FROM t'],
  ['SELECT (a + (b FROM t', 'SELECT (a + (b)) FROM t'],
  ['SELECT COUNT(a)) FROM t', 'SELECT COUNT(a) FROM t'],
  ['SELECT CASE WHEN a = 1 THEN b FROM t', 'SELECT CASE WHEN a = 1 THEN b END FROM t'],
  ['SELECT a FROM t GROUP a', 'SELECT a FROM t GROUP BY a'],
  ['SELECT a FROM t GROUP BY a WHERE b = 1', 'SELECT a FROM t WHERE b = 1 GROUP BY a'],
  ['SELECT a FROM t WHERE b = 1 WHERE c = 2', 'SELECT a FROM t WHERE b = 1 AND c = 2'],
  ['SELECT a FROM t WHERE b = 1 AND AND c = 2', 'SELECT a FROM t WHERE b = 1 AND c = 2'],
  ['SELECT a FROM t WHERE b == 1 && c => 2', 'SELECT a FROM t WHERE b = 1 AND c >= 2'],
  ['SELECT a FROM t WHERE b BETWEEN 1 TO 2', 'SELECT a FROM t WHERE b BETWEEN 1  AND 2'],
  ["SELECT a FROM t WHERE b IS 'x'", "SELECT a FROM t WHERE b = 'x'"],
  ["SELECT a FROM t WHERE b IN 'x'", "SELECT a FROM t WHERE b IN ('x')"],
  ["SELECT a FROM t WHERE b NOT ILIKE '%X%'", "SELECT a FROM t WHERE LOWER(b) NOT LIKE '%x%'"],
  ['SELECT a FROM t WHERE (b) ILIKE {{p}}', 'SELECT a FROM t WHERE LOWER((b)) LIKE LOWER({{p}})'],
  ["SELECT a FROM t WHERE b RLIKE 'x'", "SELECT a FROM t WHERE b SIMILAR TO 'x'"],
  ['SELECT a::date::timestamp FROM t', 'SELECT CAST(CAST(a AS date) AS timestamp) FROM t'],
  ['SELECT (a + b)::int FROM t', 'SELECT CAST((a + b) AS int) FROM t'],
  ['SELECT SAFE_CAST(a AS INT) FROM t', 'SELECT CAST(a AS INT) FROM t'],
  ['SELECT CAST(a, INT) FROM t', 'SELECT CAST(a AS INT) FROM t'],
  ["SELECT EXTRACT('day' FROM a) FROM t", 'SELECT EXTRACT(DAY FROM a) FROM t'],
  ['SELECT EXTRACT(day, a) FROM t', 'SELECT EXTRACT(day FROM a) FROM t'],
  ["SELECT a FROM t WHERE b > c - INTERVAL '7 days'", "SELECT a FROM t WHERE b > c - INTERVAL '7' DAY"],
  ['SELECT SUM(a) FILTER (WHERE b = 1) AS n FROM t', 'SELECT SUM(CASE WHEN b = 1 THEN a END) AS n FROM t'],
  ['SELECT RANK() (PARTITION BY a ORDER BY b) FROM t', 'SELECT RANK() OVER (PARTITION BY a ORDER BY b) FROM t'],
  ['SELECT `a` AS `b c` FROM t # why', 'SELECT a AS "b c" FROM t -- why'],
  ["SELECT a AS 'b' FROM t", 'SELECT a AS b FROM t'],
  ['SELECT a AS order FROM t', 'SELECT a AS "order" FROM t'],
  ['SELECT a AS 7d FROM t', 'SELECT a AS "7d" FROM t'],
  ["SELECT a FROM 't'", 'SELECT a FROM t'],
  ['SELECT\u00a0a FROM t WHERE b = ‘x’', "SELECT a FROM t WHERE b = 'x'"],
  ['SELECT a FROM t WHERE b = {{ p }}', 'SELECT a FROM t WHERE b = {{p}}'],
  ['SELECT a FROM t LIMIT 5, 10', 'SELECT a FROM t LIMIT 10 OFFSET 5'],
  ['SELECT a FROM t CROSS JOIN u ON t.a = u.a', 'SELECT a FROM t INNER JOIN u ON t.a = u.a'],
  ['a AS (SELECT b FROM t) SELECT b FROM a', 'WITH a AS (SELECT b FROM t) SELECT b FROM a'],
  [
    'WITH a AS (SELECT b FROM t) c AS (SELECT b FROM a) SELECT b FROM c',
    'WITH a AS (SELECT b FROM t), c AS (SELECT b FROM a) SELECT b FROM c',
  ],
  [
    'SELECT CASE WHEN a = 1 THEN b ELSE IF a = 2 THEN c ELSE d END AS n FROM t',
    'SELECT CASE WHEN a = 1 THEN b WHEN a = 2 THEN c ELSE d END AS n FROM t',
  ],
  ['WITH a (SELECT b FROM t), SELECT b FROM a', 'WITH a AS (SELECT b FROM t) SELECT b FROM a'],
])('%s is mended', (text, expected) => {
  expect(mended(text)).toBe(expected)
  expect(parse(expected).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
})

test.each([
  ['SELECT a, b FORM t', 'FORM', 'FROM'],
  ['slect a from t', 'slect', 'SELECT'],
  ["SELECT a FROM t WEHRE b = 'x'", 'WEHRE', 'WHERE'],
  ["SELECT a FROM t WHERE b = 'x' GROPU BY a", 'GROPU', 'GROUP'],
  ['SELECT a FROM t GROUPBY a', 'GROUPBY', 'GROUP BY'],
  ['SELECT a FROM t GROUP YB a', 'YB', 'BY'],
  ['SELECT a FROM t LEFT JION u ON t.a = u.a', 'JION', 'JOIN'],
  ['SELECT COUNT(DISTNCT a) FROM t', 'DISTNCT', 'DISTINCT'],
  ['SELECT CASE WEN a = 1 THEN b ELSE c END FROM t', 'WEN', 'WHEN'],
  ["SELECT a FROM t WHERE b = 'x' ADN c = 1", 'ADN', 'AND'],
  ['SELECT a FROM t WHERE b IS NOT NUL', 'NUL', 'NULL'],
  ['SELECT a FROM t UNOIN ALL SELECT a FROM u', 'UNOIN', 'UNION'],
  ['WIHT a AS (SELECT b FROM t) SELECT b FROM a', 'WIHT', 'WITH'],
])('%s: a misspelt keyword is the only finding', (text, written, keyword) => {
  const found = parse(text).diagnostics
  expect(found.map((one) => `${text.slice(one.from, one.to)}: ${one.message}`)).toEqual([
    `${written}: ${written} is misspelt: ${keyword} is meant`,
  ])
  expect(parse(mended(text)).diagnostics).toEqual([])
})

test('names that only look like keywords are left alone', () => {
  expect(parse('SELECT form, whit.groups FROM whit WHERE form = 1 GROUP BY form, groups').diagnostics).toEqual([])
  const [only, ...more] = parse('SELECT form b(c) FROM t').diagnostics
  expect([only?.message, more]).toEqual(['A comma is missing before b', []])
})

test('two words behind an expression can be one alias', () => {
  const [found] = parse('SELECT SUM(a) AS total clicks FROM t').diagnostics
  expect(found?.fixes?.map(({ title, suggestion }) => [title, suggestion])).toEqual([
    ['Write total_clicks', true],
    ['Add ,', true],
  ])
})

test('a quote that is not closed is only suggested, before what closes the line', () => {
  const text = "SELECT COUNT(a) FROM t WHERE b IN ('x')\nAND (c = 'y)"
  const [found] = parse(text).diagnostics.filter(({ code }) => code === 'lexical')
  const [fix] = found?.fixes ?? []
  expect(fix?.suggestion).toBe(true)
  expect(applyEdits(text, fix?.edits ?? [])).toBe("SELECT COUNT(a) FROM t WHERE b IN ('x')\nAND (c = 'y')")
})
