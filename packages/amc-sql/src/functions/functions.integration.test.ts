import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../test/duckdb.ts'
import { functions } from './catalogue.ts'
import { foreignNames } from './foreign.ts'

let db: Database

beforeAll(async () => {
  db = await openDatabase({ tables: [] })
})
afterAll(() => db.close())

/** The three rows (1, 'a'), (2, 'b'), (NULL, NULL). */
const rows = "FROM (VALUES (1, 'a'), (2, 'b'), (NULL, NULL)) AS t (n, s)"

/** One call or more of every function with its value; `undefined` stands for NULL. */
const samples: Record<string, [string, unknown][]> = {
  SUM: [['SUM(n)', '3']],
  AVG: [['AVG(n)', 1.5]],
  MIN: [['MIN(s)', 'a']],
  MAX: [['MAX(n)', 2]],
  COUNT: [
    ['COUNT(*)', '3'],
    ['COUNT(n)', '2'],
    ['COUNT(DISTINCT s)', '2'],
  ],
  APPROX_COUNT_DISTINCT: [['APPROX_COUNT_DISTINCT(n)', '2']],
  COLLECT: [
    ['ARRAY_SORT(COLLECT(s))', ['a', 'b', null]],
    ['CARDINALITY(COLLECT(DISTINCT s))', 3],
  ],
  MEDIAN: [['MEDIAN(n)', 1.5]],
  PERCENTILE: [['PERCENTILE(n, .5)', 1.5]],
  APPROX_PERCENTILE: [['APPROX_PERCENTILE(n, 1.0)', 2]],
  STDDEV: [['ROUND(STDDEV(n), 1)', 0.7]],
  STDDEV_SAMP: [['ROUND(STDDEV_SAMP(n), 1)', 0.7]],
  STDDEV_POP: [['STDDEV_POP(n)', 0.5]],
  VARIANCE: [['VARIANCE(n)', 0.5]],
  VAR_SAMP: [['VAR_SAMP(n)', 0.5]],
  VAR_POP: [['VAR_POP(n)', 0.25]],
  SKEWNESS: [['SKEWNESS(n)', undefined]],
  ROW_NUMBER: [['SUM(ROW_NUMBER() OVER (ORDER BY n)) OVER ()', 'refused']],
  RANK: [['MAX(RANK() OVER (ORDER BY n)) OVER ()', 'refused']],
  DENSE_RANK: [['MAX(DENSE_RANK() OVER (ORDER BY n)) OVER ()', 'refused']],
  CONCAT: [["CONCAT('a', 1, TRUE)", 'a1true']],
  LOWER: [["LOWER('AbC')", 'abc']],
  UPPER: [["UPPER('AbC')", 'ABC']],
  LTRIM: [["LTRIM('  a ')", 'a ']],
  RTRIM: [["RTRIM('  a ')", '  a']],
  LENGTH: [["LENGTH('men''s')", '5']],
  REPLACE: [["REPLACE('abab', 'a', 'x')", 'xbxb']],
  LEFT: [["LEFT('hello', 2)", 'he']],
  RIGHT: [["RIGHT('hello', 2)", 'lo']],
  TRIM: [
    ["TRIM(' a ')", 'a'],
    ["TRIM(BOTH 'x' FROM 'xax')", 'a'],
    ["TRIM(LEADING 'x' FROM 'xax')", 'ax'],
    ["TRIM(TRAILING 'x' FROM 'xax')", 'xa'],
  ],
  SUBSTRING: [
    ["SUBSTRING('hello' FROM 2 FOR 3)", 'ell'],
    ["SUBSTRING('hello' FROM 4)", 'lo'],
    ["SUBSTRING('hello', 1, 2)", 'he'],
  ],
  POSITION: [["POSITION('l' IN 'hello')", '3']],
  INSTR: [["INSTR('hello', 'x')", '0']],
  STRPOS: [["STRPOS('hello', 'lo')", '4']],
  CHARINDEX: [
    ["CHARINDEX('l', 'hello')", '3'],
    ["CHARINDEX('l', 'hello', 4)", '4'],
    ["CHARINDEX('h', 'hello', 2)", '0'],
  ],
  LOCATE: [["LOCATE('o', 'hello')", '5']],
  FORMAT: [["FORMAT(1, '0')", 'refused']],
  REGEXP_REPLACE: [
    ["REGEXP_REPLACE('a1b2', '[0-9]', '#')", 'a#b#'],
    ["REGEXP_REPLACE('ab', '(a)(b)', '$2$1')", 'ba'],
    ["REGEXP_REPLACE('ab', 'a(?=b)', '')", 'refused'],
  ],
  REGEXP_SUBSTR: [
    ["REGEXP_SUBSTR('abc123', '[0-9]+')", '123'],
    ["REGEXP_SUBSTR('abc', '[0-9]+')", undefined],
  ],
  REGEXP_SPLIT: [["REGEXP_SPLIT('a-b_c', '[-_]')", ['a', 'b', 'c']]],
  STR_TO_MAP: [["CARDINALITY(STR_TO_MAP('a=1;b=2', ';', '='))", 2]],
  SECONDS_BETWEEN: [["SECONDS_BETWEEN(TIMESTAMP '2026-05-01 00:00:00', TIMESTAMP '2026-05-01 00:01:00')", '60']],
  DATE_TRUNC: [["DATE_TRUNC('month', DATE '2026-05-17')", '2026-05-01 00:00:00']],
  DAYOFWEEK: [["DAYOFWEEK(DATE '2026-05-03')", 1]],
  DAYOFMONTH: [["DAYOFMONTH(DATE '2026-05-03')", 3]],
  HOUR: [["HOUR(TIMESTAMP '2026-05-03 17:04:09')", 17]],
  MINUTE: [["MINUTE(TIMESTAMP '2026-05-03 17:04:09')", 4]],
  SECOND: [["SECOND(TIMESTAMP '2026-05-03 17:04:09')", 9]],
  MONTH: [["MONTH(DATE '2026-05-03')", 5]],
  YEAR: [["YEAR(DATE '2026-05-03')", 2026]],
  WEEK: [["WEEK(DATE '2026-01-08')", 2]],
  CURRENT_DATE: [["CURRENT_DATE >= DATE '2026-01-01'", true]],
  CURRENT_TIMESTAMP: [["CURRENT_TIMESTAMP >= CAST('today' AS TIMESTAMP)", true]],
  CONVERT_TIME_ZONE_FROM_UTC: [
    ["CONVERT_TIME_ZONE_FROM_UTC(TIMESTAMP '2026-05-03 17:00:00', 'America/New_York')", '2026-05-03 13:00:00'],
    ["CONVERT_TIME_ZONE_FROM_UTC(DATE '2026-05-03', 'America/New_York')", '2026-05-02'],
  ],
  EPOCH_TO_UTC_TIMESTAMP: [
    ["EPOCH_TO_UTC_TIMESTAMP('1666735860')", '2022-10-25 22:11:00'],
    ['EPOCH_TO_UTC_TIMESTAMP(1666735860000)', '2022-10-25 22:11:00'],
  ],
  COALESCE: [['COALESCE(NULL, 2, 3)', 2]],
  IFNULL: [['IFNULL(NULL, 2)', 2]],
  NVL: [['NVL(NULL, 2)', 2]],
  NULLIF: [['NULLIF(1, 1)', undefined]],
  IF: [["IF(1 < 2, 'yes', 'no')", 'yes']],
  NVL2: [["NVL2(NULL, 'set', 'unset')", 'unset']],
  GREATEST: [
    ['GREATEST(1, 3, 2)', 3],
    ['GREATEST(1, NULL)', undefined],
  ],
  LEAST: [['LEAST(4, 3, NULL)', undefined]],
  CONTAINED_IN: [["CONTAINED_IN('b', 'a', 'b')", true]],
  ABS: [['ABS(-2)', 2]],
  CEIL: [['CEIL(1.2)', '2']],
  CEILING: [['CEILING(1.2)', '2']],
  FLOOR: [['FLOOR(1.8)', '1']],
  ROUND: [['ROUND(5.55, 1)', '5.60']],
  TRUNC: [['TRUNC(5.55)', '5.00']],
  EXP: [['EXP(0)', 1]],
  LN: [
    ['LN(1)', 0],
    ['LN(0)', undefined],
  ],
  LOG10: [['LOG10(100)', 2]],
  SQRT: [
    ['SQRT(9)', 3],
    ['SQRT(-1)', undefined],
  ],
  POWER: [['POWER(2, 10)', 1024]],
  LOG: [['LOG(2, 8)', 3]],
  MOD: [
    ['MOD(7, 3)', 1],
    ['MOD(7, 0)', undefined],
  ],
  E: [['E() = EXP(1)', true]],
  RANDOM: [['RANDOM() < 1', true]],
  ARRAY_CAT: [['ARRAY_CAT(ARRAY[1], ARRAY[2, 1])', [1, 2, 1]]],
  ARRAY_COMPLEMENT: [['ARRAY_COMPLEMENT(ARRAY[1, 2, 3], ARRAY[2])', [1, 3]]],
  ARRAY_INTERSECT: [['ARRAY_INTERSECT(ARRAY[1, 2], ARRAY[2, 3])', [2]]],
  ARRAY_UNION: [['ARRAY_UNION(ARRAY[3, 1], ARRAY[1, 2])', [3, 1, 2]]],
  ARRAY_CONTAINS: [["ARRAY_CONTAINS(ARRAY['a', 'b'], 'b')", true]],
  ARRAY_DISTINCT: [['ARRAY_DISTINCT(ARRAY[3, 1, 3, 2])', [3, 1, 2]]],
  ARRAY_REMOVE: [['ARRAY_REMOVE(ARRAY[3, 1, 3], 3)', [1]]],
  ARRAY_SORT: [
    ['ARRAY_SORT(ARRAY[3, 1, 2])', [1, 2, 3]],
    [
      "ARRAY_SORT(ARRAY[NAMED_ROW('o', 2, 'c', 'x'), NAMED_ROW('o', 1, 'c', 'y')])",
      [
        { o: 1, c: 'y' },
        { o: 2, c: 'x' },
      ],
    ],
  ],
  ARRAY_TO_STRING: [["ARRAY_TO_STRING(ARRAY['a', 'b'], '-')", 'a-b']],
  CARDINALITY: [['CARDINALITY(ARRAY[1, 2])', 2]],
  EXPLODE: [['EXPLODE(ARRAY[7])', 7]],
  FLATTEN: [['FLATTEN(ARRAY[ARRAY[1], ARRAY[2]])', [1, 2]]],
  NAMED_ROW: [["NAMED_ROW('a', 1, 'b', 'x')", { a: 1, b: 'x' }]],
  MD5: [["MD5('a')", '0cc175b9c0f1b6a831c399e269772661']],
  SHA1: [["SHA1('a')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8']],
  HASH64: [["HASH64('a') = HASH64('a')", true]],
  TO_VARBINARY: [["FROM_VARBINARY(TO_VARBINARY('68656c6c6f', 'hex'), 'utf-8')", 'hello']],
  FROM_VARBINARY: [["FROM_VARBINARY(TO_VARBINARY('hello', 'utf-8'), 'base64')", 'aGVsbG8=']],
  JSON_EXTRACT: [[`JSON_EXTRACT('{"a": "b"}', '$.a')`, 'b']],
  JSON_SERIALIZE: [["JSON_SERIALIZE(NAMED_ROW('a', 1))", '{"a":1}']],
  UUID: [['LENGTH(UUID())', '36']],
  CUSTOM_PARAMETER: [["CARDINALITY(CUSTOM_PARAMETER('ids'))", 2]],
  BUILT_IN_PARAMETER: [["BUILT_IN_PARAMETER('TIME_WINDOW_START')", '2026-05-01 00:00:00']],
}

const aggregating = new Set(['aggregate', 'ranking'])
const ids = { name: 'ids', dataType: { type: 'ARRAY', elementDataType: 'STRING' } as const, defaultValue: ['1', '2'] }

test('every function of the catalogue has a sample here', () => {
  expect(Object.keys(samples).toSorted()).toEqual([...functions.keys()].toSorted())
})

async function answer(name: string, call: string): Promise<unknown> {
  const from = aggregating.has(functions.get(name)?.kind ?? '') ? rows : ''
  try {
    const [row] = await db.amc(`SELECT ${call} AS v ${from}`, { customParameters: [ids] })
    return row?.['v'] ?? undefined
  } catch (error) {
    if (/not-lowered|AMC017/.test(String(error))) return 'refused'
    throw error
  }
}

test.for(Object.entries(samples))('%s answers as Amazon documents', async ([name, calls]) => {
  for (const [call, value] of calls) expect([call, await answer(name, call)]).toEqual([call, value])
})

test('rankings and windowed aggregates', async () => {
  const sql =
    "WITH t (k, n) AS (VALUES ('a', 10), ('a', 20), ('b', 20)) " +
    'SELECT k, n, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC) AS r, RANK() OVER (ORDER BY n) AS a, ' +
    'DENSE_RANK() OVER w AS d, SUM(n) OVER (PARTITION BY k) AS s, AVG(n) OVER () AS m FROM t WINDOW w AS (ORDER BY n)'
  expect(await db.amc(`${sql} ORDER BY k, n`)).toMatchObject([
    { k: 'a', n: 10, r: '2', a: '1', d: '1', s: '30' },
    { k: 'a', n: 20, r: '1', a: '2', d: '2', s: '30' },
    { k: 'b', n: 20, r: '1', a: '2', d: '2', s: '20' },
  ])
})

test('window functions that Amazon does not name run all the same', async () => {
  const values = "WITH t (k, n) AS (VALUES ('a', 10), ('b', 20), ('c', 40)) "
  const items = [
    'LAG(n) OVER w AS back',
    'LEAD(n, 1, 0) OVER w AS ahead',
    'FIRST_VALUE(k) OVER w AS first_k',
    'LAST_VALUE(k) OVER (PARTITION BY 1) IS NOT NULL AS has_last',
    'PERCENT_RANK() OVER w AS share',
    'CUME_DIST() OVER w AS below',
  ]
  const rows = await db.amc(`${values} SELECT k, ${items.join(', ')} FROM t WINDOW w AS (ORDER BY n) ORDER BY k`)
  expect(rows).toMatchObject([
    { k: 'a', back: null, ahead: 20, first_k: 'a', has_last: true, share: 0 },
    { k: 'b', back: 10, ahead: 40, first_k: 'a', has_last: true, share: 0.5 },
    { k: 'c', back: 20, ahead: 0, first_k: 'a', has_last: true, share: 1, below: 1 },
  ])
})

test('units of time that Calcite has besides', async () => {
  const time = "CAST('2026-02-03 04:05:06' AS TIMESTAMP)"
  const [row] = await db.amc(
    `SELECT EXTRACT(DOY FROM ${time}) AS a, EXTRACT(EPOCH FROM ${time}) AS b, DATE_TRUNC('Quarter', ${time}) AS c`,
  )
  expect(row).toEqual({ a: 34, b: '1770091506', c: '2026-01-01 00:00:00' })
})

test('no function of DuckDB is reachable by its own name', async () => {
  for (const name of ['read_text', 'read_csv', 'getenv', 'current_setting', 'pg_typeof', 'list_sort', 'sniff_csv'])
    await expect(db.amc(`SELECT ${name}('x') AS v`)).rejects.toThrow('AMC010')
})

test('no known foreign function is one of AMC', () => {
  expect(foreignNames.filter((name) => functions.has(name))).toEqual([])
})
