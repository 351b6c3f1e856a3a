import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../src/index.ts'
import { callable } from '../src/functions/catalogue.ts'
import { openDatabase, type Database } from './duckdb.ts'
import { eventSchema } from './schema.ts'

let db: Database
beforeAll(async () => {
  db = await openDatabase(eventSchema)
  await db.sql('USE synthetic.main')
})
afterAll(() => db.close())

function errorsOf(text: string): string[] {
  const { diagnostics } = analyze(text, eventSchema, {
    dialect: { undocumented: 'refuse', reported: 'refuse', unknownTables: 'refuse' },
  })
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, from, to }) => `${code} ${text.slice(from, to)}`)
}

/** What DuckDB runs and AMC lacks, with the finding; each is run on DuckDB too, so that the list stays true. */
const extras: [title: string, sql: string, finding: RegExp][] = [
  ['* over a table', 'SELECT * FROM views', /^AMC001/],
  ['t.* over a table', 'SELECT v.* FROM views v', /^AMC001/],
  ['* EXCLUDE', 'SELECT * EXCLUDE (user_id) FROM views', /^(AMC001|syntax)/],
  ['* REPLACE', 'SELECT * REPLACE (1 AS clicks) FROM views', /^(AMC001|syntax)/],
  ['COLUMNS(*)', 'SELECT MIN(COLUMNS(*)) FROM views', /^(AMC010|syntax|invalid)/],
  ['FROM first', 'FROM views SELECT COUNT(*) AS n', /^syntax FROM/],
  ['FROM alone', 'FROM views', /^syntax/],
  ['an alias in WHERE', "SELECT campaign AS c, COUNT(*) AS n FROM views WHERE c = 'x' GROUP BY 1", /^AMC016 c$/],
  ['an alias beside itself', 'SELECT SUM(clicks) AS c, c + 1 AS d FROM views', /^AMC016 c$/],
  ['GROUP BY ALL', 'SELECT campaign, COUNT(*) AS n FROM views GROUP BY ALL', /^unsupported ALL/],
  ['ROLLUP', 'SELECT campaign, COUNT(*) AS n FROM views GROUP BY ROLLUP (campaign)', /^unsupported/],
  ['CUBE', 'SELECT campaign, COUNT(*) AS n FROM views GROUP BY CUBE (campaign)', /^unsupported/],
  [
    'GROUPING SETS',
    'SELECT campaign, COUNT(*) AS n FROM views GROUP BY GROUPING SETS ((campaign), ())',
    /^unsupported/,
  ],
  [
    'QUALIFY',
    'SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1 QUALIFY ROW_NUMBER() OVER (ORDER BY 1) = 1',
    /^unsupported QUALIFY/,
  ],
  ['DISTINCT ON', 'SELECT DISTINCT ON (campaign) campaign, line_item FROM views GROUP BY 1, 2', /^unsupported ON/],
  ['RIGHT JOIN', 'SELECT COUNT(*) AS n FROM views v RIGHT JOIN taps t ON v.user_id = t.user_id', /^AMC007/],
  ['NATURAL JOIN', 'SELECT COUNT(*) AS n FROM views NATURAL JOIN taps', /^unsupported NATURAL JOIN/],
  [
    'SEMI JOIN',
    'SELECT COUNT(*) AS n FROM views v SEMI JOIN taps t ON v.user_id = t.user_id',
    /^unsupported SEMI JOIN/,
  ],
  [
    'ANTI JOIN',
    'SELECT COUNT(*) AS n FROM views v ANTI JOIN taps t ON v.user_id = t.user_id',
    /^unsupported ANTI JOIN/,
  ],
  [
    'ASOF JOIN',
    'SELECT COUNT(*) AS n FROM views v ASOF JOIN taps t ON v.user_id = t.user_id AND v.event_dt_utc >= t.event_dt_utc',
    /^unsupported ASOF JOIN/,
  ],
  ['POSITIONAL JOIN', 'SELECT COUNT(*) AS n FROM views POSITIONAL JOIN taps', /^unsupported POSITIONAL JOIN/],
  ['LATERAL', 'SELECT COUNT(*) AS n FROM views v, LATERAL (SELECT v.clicks AS c) AS l', /^unsupported LATERAL/],
  ['UNNEST in FROM', 'SELECT SUM(x) AS n FROM UNNEST([1, 2]) AS t(x)', /^unsupported UNNEST/],
  ['a table function', 'SELECT COUNT(*) AS n FROM range(5)', /^unsupported range/],
  ['a file', "SELECT COUNT(*) AS n FROM '/etc/passwd'", /^syntax/],
  ['VALUES as a table without parentheses', 'SELECT COUNT(*) AS n FROM VALUES (1), (2) AS t(x)', /^syntax/],
  [
    'INTERSECT',
    'SELECT campaign FROM views GROUP BY 1 INTERSECT SELECT campaign FROM taps GROUP BY 1',
    /^unsupported INTERSECT/,
  ],
  [
    'EXCEPT',
    'SELECT campaign FROM views GROUP BY 1 EXCEPT SELECT campaign FROM taps GROUP BY 1',
    /^unsupported EXCEPT/,
  ],
  ['UNION BY NAME', 'SELECT COUNT(*) AS n FROM views UNION ALL BY NAME SELECT COUNT(*) AS n FROM taps', /^syntax/],
  ['WITH RECURSIVE', 'WITH RECURSIVE r AS (SELECT 1 AS a) SELECT a FROM r', /^unsupported RECURSIVE/],
  ['MATERIALIZED', 'WITH r AS MATERIALIZED (SELECT 1 AS a) SELECT a FROM r', /^syntax/],
  ['TABLESAMPLE', 'SELECT COUNT(*) AS n FROM views TABLESAMPLE 10%', /^syntax/],
  ['USING SAMPLE', 'SELECT COUNT(*) AS n FROM views USING SAMPLE 3', /^(syntax|invalid)/],
  ['PIVOT', 'PIVOT views ON campaign USING SUM(clicks)', /^(syntax|unsupported)/],
  ['a trailing comma', 'SELECT campaign, COUNT(*) AS n, FROM views GROUP BY 1', /^syntax ,/],
  ['two statements', 'SELECT COUNT(*) AS n FROM views; SELECT 1 AS a', /^syntax ;/],
  [':: for casts', 'SELECT SUM(clicks)::DOUBLE AS c FROM views', /^unsupported ::/],
  ['TRY_CAST', "SELECT TRY_CAST('x' AS INTEGER) AS c", /^unsupported TRY_CAST/],
  ['a struct by its dot', "SELECT ({'a': 1}).a AS a", /^(lexical|placeholder|syntax)/],
  ['a struct literal', "SELECT {'a': 1} AS a", /^(lexical|placeholder|syntax)/],
  ['a list literal', 'SELECT [1, 2] AS a', /^syntax/],
  ['a list comprehension', 'SELECT [x + 1 FOR x IN [1, 2]] AS a', /^syntax/],
  ['a lambda', 'SELECT LIST_TRANSFORM([1, 2], LAMBDA x: x + 1) AS a', /^(AMC010|syntax|lexical)/],
  ['a slice', "SELECT ARRAY['a', 'b'][1:2] AS a", /^(syntax|lexical|unsupported)/],
  ['a subscript', "SELECT ARRAY['a', 'b'][1] AS a", /^unsupported \[1\]/],
  ['a slice of text', "SELECT 'abc'[1:2] AS a", /^(syntax|lexical|unsupported)/],
  ['a method', "SELECT ('abc').upper() AS a", /^syntax/],
  ['ILIKE', "SELECT COUNT(*) AS n FROM views WHERE campaign ILIKE 'a%'", /^unsupported ILIKE/],
  ['GLOB', "SELECT COUNT(*) AS n FROM views WHERE campaign GLOB 'a*'", /^syntax/],
  ['~ for patterns', "SELECT COUNT(*) AS n FROM views WHERE campaign ~ 'a'", /^(lexical|syntax)/],
  ['~~ for LIKE', "SELECT COUNT(*) AS n FROM views WHERE campaign ~~ 'a%'", /^(lexical|syntax)/],
  ['^@ for a prefix', "SELECT COUNT(*) AS n FROM views WHERE campaign ^@ 'a'", /^(lexical|syntax)/],
  ['== for equality', "SELECT COUNT(*) AS n FROM views WHERE campaign == 'a'", /^(lexical|syntax)/],
  ['// for division', 'SELECT 7 // 2 AS a', /^(lexical|syntax)/],
  ['** for powers', 'SELECT 2 ** 3 AS a', /^syntax/],
  ['^ for powers', 'SELECT 2 ^ 3 AS a', /^(lexical|syntax)/],
  ['& for bits', 'SELECT 6 & 3 AS a', /^(lexical|syntax)/],
  ['<< for bits', 'SELECT 1 << 3 AS a', /^syntax/],
  ['a factorial', 'SELECT 4! AS a', /^(lexical|syntax)/],
  [
    'IS DISTINCT FROM',
    "SELECT COUNT(*) AS n FROM views WHERE campaign IS DISTINCT FROM 'a'",
    /^unsupported IS DISTINCT FROM/,
  ],
  ['ISNULL', 'SELECT COUNT(*) AS n FROM views WHERE campaign ISNULL', /^syntax/],
  ['NOTNULL', 'SELECT COUNT(*) AS n FROM views WHERE campaign NOTNULL', /^syntax/],
  ['IN without parentheses', "SELECT COUNT(*) AS n FROM views WHERE campaign IN ['a', 'b']", /^syntax/],
  ['= ANY of a list', "SELECT COUNT(*) AS n FROM views WHERE campaign = ANY(['a'])", /^(AMC010|syntax)/],
  ['AT TIME ZONE', "SELECT MIN(event_dt_utc AT TIME ZONE 'UTC') AS t FROM views", /^unsupported AT TIME ZONE/],
  ['a dollar-quoted text', 'SELECT $$x$$ AS a', /^(lexical|syntax)/],
  ['an escape text', "SELECT E'a\\n' AS a", /^(AMC009|syntax)/],
  ['a number with underscores', 'SELECT 1_000 AS a', /^lexical/],
  ['a prefix alias', 'SELECT a: 1', /^(lexical|syntax)/],
  ['text as an alias', "SELECT 1 AS 'a b'", /^syntax/],
  [
    'ORDER BY in an aggregate',
    "SELECT STRING_AGG(campaign, ',' ORDER BY campaign) AS a FROM views",
    /^(AMC010|unsupported)/,
  ],
  [
    'IGNORE NULLS',
    'SELECT FIRST_VALUE(campaign IGNORE NULLS) OVER (ORDER BY campaign) AS a FROM views GROUP BY campaign',
    /^(unsupported|syntax)/,
  ],
  ['EXISTS', 'SELECT COUNT(*) AS n FROM views WHERE EXISTS (SELECT 1 AS a FROM taps)', /^unsupported EXISTS/],
  ['a scalar subquery', 'SELECT COUNT(*) AS n, (SELECT COUNT(*) FROM taps) AS m FROM views', /^unsupported \(/],
  ['FILTER', "SELECT COUNT(*) FILTER (WHERE campaign = 'a') AS n FROM views", /^unsupported FILTER/],
  [
    'a frame',
    'SELECT SUM(clicks) OVER (ORDER BY event_date ROWS 3 PRECEDING) AS n FROM (SELECT event_date, SUM(clicks) AS clicks FROM views GROUP BY 1)',
    /^unsupported ROWS/,
  ],
  [
    'LAG',
    'SELECT LAG(clicks) OVER (ORDER BY event_date) AS n FROM (SELECT event_date, SUM(clicks) AS clicks FROM views GROUP BY 1)',
    /^AMC010 LAG/,
  ],
  [
    'NTILE',
    'SELECT NTILE(4) OVER (ORDER BY event_date) AS n FROM (SELECT event_date FROM views GROUP BY 1)',
    /^AMC018/,
  ],
  ['a setting', 'SET threads = 1', /^unsupported SET/],
  ['a copy', "COPY (SELECT 1) TO '/tmp/never-written'", /^syntax COPY/],
  ['an attachment', "ATTACH ':memory:' AS other", /^(syntax|unsupported)/],
  ['EXPLAIN', 'EXPLAIN SELECT 1', /^unsupported EXPLAIN/],
  ['DESCRIBE', 'DESCRIBE views', /^unsupported DESCRIBE/],
  ['a system table', 'SELECT COUNT(*) AS n FROM duckdb_settings()', /^unsupported/],
  ['the information schema', 'SELECT COUNT(*) AS n FROM information_schema.tables', /^AMC009/],
  ['another database', 'SELECT COUNT(*) AS n FROM system.main.duckdb_types', /^AMC009/],
]

test.each(extras)('%s is refused', (_, sql, finding) => {
  const errors = errorsOf(sql)
  expect(
    errors.some((error) => finding.test(error)),
    errors.join('; '),
  ).toBe(true)
})

test.each(
  extras.filter(([, sql]) => /^(SELECT|WITH|FROM|PIVOT|DESCRIBE|EXPLAIN)/.test(sql) && !sql.includes('passwd')),
)('%s would run on DuckDB', async (_, sql) => {
  await expect(db.sql(sql.split(';')[0] ?? '')).resolves.toBeInstanceOf(Array)
})

test('every function of DuckDB that AMC lacks is refused by its own name', async () => {
  const rows = await db.sql('SELECT DISTINCT lower(function_name) AS name FROM duckdb_functions() ORDER BY 1')
  const names = rows.map((row) => String(row['name'])).filter((name) => /^[a-z_][a-z0-9_]*$/.test(name))
  expect(names.length).toBeGreaterThan(500)
  const lacked = names.filter((name) => !callable.has(name.toUpperCase()))
  const reachable = lacked.filter((name) => {
    const calls = [
      `SELECT ${name}(clicks) AS v FROM views`,
      `SELECT ${name}() AS v`,
      `SELECT COUNT(*) AS n FROM ${name}('x')`,
    ]
    return !calls.every((call) => errorsOf(call).length > 0)
  })
  expect(reachable).toEqual([])
})
