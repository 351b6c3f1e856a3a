import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, window, type Database } from '../../test/duckdb.ts'
import { eventSchema } from '../../test/schema.ts'

let db: Database

/** 600 events of views over 40 users, of which the users 0 are unknown, and 200 taps; a few outside the window. */
beforeAll(async () => {
  db = await openDatabase(eventSchema)
  for (const [table, count, clicks] of [
    ['views', 600, 'i % 5 = 0'],
    ['taps', 200, 'true'],
  ] as const)
    await db.sql(
      `INSERT INTO synthetic.main.${table} SELECT CASE WHEN i % 40 = 0 THEN NULL ELSE i % 40 END, 'c' || (i % 4), ` +
        `'l' || (i % 3), CASE WHEN i % 7 = 0 THEN NULL ELSE 'PC' END, 'US-' || (i % 2), 1, ` +
        `TIMESTAMP '2026-04-25' + INTERVAL (i * 90) MINUTE, DATE '2026-04-25' + CAST(i // 16 AS INTEGER), 1, ` +
        `CASE WHEN ${clicks} THEN 1 ELSE 0 END, i * 1000, i * 0.25 FROM range(${count}) AS t(i)`,
    )
  await db.sql(`INSERT INTO synthetic.main.segments VALUES ('c1', 'One'), ('c2', 'Two')`)
})
afterAll(() => db.close())

const inWindow = (table: string) =>
  `(SELECT * FROM synthetic.main.${table} WHERE event_dt_utc >= '2026-05-01' AND event_dt_utc < '2026-06-01')`
const [views, taps] = [inWindow('views'), inWindow('taps')]

/** AMC SQL beside DuckDB SQL, written by hand, with the same answer. */
const pairs: [title: string, amc: string, duck: string][] = [
  [
    'groups by position, alias and expression',
    'SELECT campaign, UPPER(line_item) AS line_item, SUM(clicks) AS clicks FROM views GROUP BY 1, line_item',
    `SELECT campaign, upper(line_item) AS line_item, sum(clicks)::BIGINT AS clicks FROM ${views} AS v GROUP BY 1, upper(line_item)`,
  ],
  [
    'has no value for a column that its table lost',
    'SELECT old_name, COUNT(*) AS n, SUM(v.old_name) AS s FROM views v GROUP BY old_name',
    `SELECT NULL AS old_name, count(*) AS n, NULL AS s FROM ${views} AS v`,
  ],
  [
    'groups by a pair in parentheses',
    'SELECT campaign, line_item, COUNT(*) AS n FROM views GROUP BY (campaign, line_item)',
    `SELECT campaign, line_item, count(*) AS n FROM ${views} AS v GROUP BY 1, 2`,
  ],
  [
    'joins by columns that only USING names',
    'SELECT v.campaign, COUNT(*) AS n FROM views v JOIN taps t USING (user_id, line_item) GROUP BY 1',
    `SELECT v.campaign, count(*) AS n FROM ${views} AS v JOIN ${taps} AS t USING (user_id, line_item) GROUP BY 1`,
  ],
  [
    'compares a condition with 1 and a number with TRUE',
    "SELECT (campaign = 'c1') = 1 AS a, clicks = TRUE AS b, COUNT(*) AS n FROM views GROUP BY 1, 2",
    `SELECT campaign = 'c1' AS a, clicks = 1 AS b, count(*) AS n FROM ${views} AS v GROUP BY 1, 2`,
  ],
  [
    'ranks by a total without another aggregate in the list',
    'SELECT RANK() OVER (ORDER BY SUM(clicks)) AS r FROM views',
    'SELECT 1::BIGINT AS r',
  ],
  [
    'filters a rank in HAVING',
    'SELECT campaign, SUM(clicks) AS n, RANK() OVER (ORDER BY SUM(clicks) DESC, campaign) AS r FROM views GROUP BY 1 HAVING r <= 2 AND n > 1',
    `SELECT * FROM (SELECT campaign, sum(clicks)::BIGINT AS n, rank() OVER (ORDER BY sum(clicks) DESC, campaign) AS r FROM ${views} AS v GROUP BY 1) WHERE r <= 2 AND n > 1`,
  ],
  [
    'takes the greater of two times, and NULL where one is NULL',
    "SELECT GREATEST(event_date, CAST('2026-05-10' AS DATE)) AS d, COUNT(*) AS n FROM views GROUP BY 1",
    `SELECT greatest(event_date, DATE '2026-05-10') AS d, count(*) AS n FROM ${views} AS v GROUP BY 1`,
  ],
  [
    'groups by a constant',
    "SELECT 'DSP' AS product, 5 AS five, COUNT(*) AS n FROM views GROUP BY 1, five",
    `SELECT 'DSP' AS product, 5 AS five, count(*) AS n FROM ${views} AS v`,
  ],
  [
    'divides whole numbers into a fraction, and by zero into NULL',
    'SELECT campaign, SUM(clicks) / SUM(impressions) AS r, SUM(clicks) / (SUM(clicks) - SUM(clicks)) AS z FROM views GROUP BY 1',
    `SELECT campaign, sum(clicks) / sum(impressions) AS r, CAST(NULL AS DOUBLE) AS z FROM ${views} AS v GROUP BY 1`,
  ],
  [
    'HAVING by alias, with the column of the same name inside an aggregate',
    'SELECT campaign, SUM(clicks) AS clicks FROM views GROUP BY 1 HAVING clicks > 20 AND SUM(clicks) < 1000',
    `SELECT campaign, sum(clicks)::BIGINT AS clicks FROM ${views} AS v GROUP BY 1 HAVING sum(clicks) > 20`,
  ],
  [
    'an alias that hides a column wins in GROUP BY',
    "SELECT IF(campaign = 'c1', 'one', 'other') AS campaign, COUNT(*) AS n FROM views GROUP BY campaign",
    `SELECT CASE WHEN campaign = 'c1' THEN 'one' ELSE 'other' END AS x, count(*) AS n FROM ${views} AS v GROUP BY 1`,
  ],
  [
    'joins by user id, raw, and counts users',
    'SELECT v.campaign, COUNT(DISTINCT v.user_id) AS users, COUNT(DISTINCT t.user_id) AS tapped ' +
      'FROM views v LEFT JOIN taps t ON v.user_id = t.user_id AND t.line_item = v.line_item GROUP BY 1',
    `SELECT v.campaign, count(DISTINCT v.user_id) AS users, count(DISTINCT t.user_id) AS tapped
     FROM ${views} v LEFT JOIN ${taps} t ON v.user_id = t.user_id AND t.line_item = v.line_item GROUP BY 1`,
  ],
  [
    'USING, and a full join that keeps both sides',
    'WITH a AS (SELECT line_item, SUM(clicks) AS n FROM views GROUP BY 1), ' +
      "b AS (SELECT line_item, SUM(clicks) AS m FROM taps WHERE line_item <> 'l0' GROUP BY 1) " +
      'SELECT line_item, n, m FROM a FULL OUTER JOIN b USING (line_item)',
    `SELECT line_item, n, m FROM (SELECT line_item, sum(clicks)::BIGINT n FROM ${views} v GROUP BY 1) a FULL JOIN
     (SELECT line_item, sum(clicks)::BIGINT m FROM ${taps} t WHERE line_item <> 'l0' GROUP BY 1) b USING (line_item)`,
  ],
  [
    'UNION ALL brings types together and keeps duplicates, UNION does not',
    'SELECT campaign, 0 AS clicks, SUM(sales) AS s FROM views GROUP BY 1 UNION ALL ' +
      'SELECT campaign, SUM(clicks), 0 FROM taps GROUP BY 1',
    `SELECT campaign, 0::BIGINT AS clicks, sum(sales)::DECIMAL(38, 4) AS s FROM ${views} v GROUP BY 1 UNION ALL
     SELECT campaign, sum(clicks)::BIGINT, 0 FROM ${taps} t GROUP BY 1`,
  ],
  [
    'UNION of equal rows',
    'SELECT campaign FROM views GROUP BY 1 UNION SELECT campaign FROM taps GROUP BY 1',
    `SELECT DISTINCT campaign FROM ${views} v`,
  ],
  [
    'IN with a list, a VALUES part, a query, and a row',
    "WITH w (c) AS (VALUES ('c1'), ('c2')) SELECT campaign, COUNT(*) AS n FROM views " +
      "WHERE campaign IN (SELECT c FROM w) AND line_item IN ('l0', 'l1') " +
      'AND user_id IN (SELECT user_id FROM taps WHERE user_id IS NOT NULL) ' +
      'AND (campaign, line_item) IN (SELECT campaign, line_item FROM taps) GROUP BY 1',
    `SELECT campaign, count(*) AS n FROM ${views} v WHERE campaign IN ('c1', 'c2') AND line_item IN ('l0', 'l1')
     AND user_id IN (SELECT user_id FROM ${taps} t) GROUP BY 1`,
  ],
  [
    'reach and frequency: events per user, bucketed',
    'WITH u AS (SELECT user_id, campaign, SUM(impressions) AS n FROM views WHERE user_id IS NOT NULL GROUP BY 1, 2), ' +
      "b AS (SELECT campaign, IF(n >= 12, '12+', CAST(n AS CHAR)) AS bucket, user_id, n FROM u) " +
      'SELECT campaign, bucket, COUNT(DISTINCT user_id) AS reach, SUM(n) AS impressions FROM b GROUP BY 1, 2',
    `SELECT campaign, CASE WHEN n >= 12 THEN '12+' ELSE n::VARCHAR END AS bucket, count(*) AS reach, sum(n)::BIGINT
     FROM (SELECT user_id, campaign, sum(impressions) AS n FROM ${views} v WHERE user_id IS NOT NULL GROUP BY ALL) GROUP BY 1, 2`,
  ],
  [
    'path to conversion: ranked touches collected into arrays of rows',
    'WITH touches AS (SELECT user_id, campaign, MIN(event_dt_utc) AS first_at FROM views WHERE user_id IS NOT NULL GROUP BY 1, 2), ' +
      'ranked AS (SELECT user_id, campaign, RANK() OVER (PARTITION BY user_id ORDER BY first_at) AS step FROM touches), ' +
      "paths AS (SELECT user_id, ARRAY_SORT(COLLECT(DISTINCT NAMED_ROW('step', step, 'campaign', campaign))) AS path FROM ranked GROUP BY 1), " +
      'buyers AS (SELECT user_id, SUM(sales) AS sales FROM taps WHERE user_id IS NOT NULL GROUP BY 1) ' +
      'SELECT p.path, COUNT(DISTINCT p.user_id) AS users, COUNT(DISTINCT b.user_id) AS buyers, SUM(b.sales) AS sales ' +
      'FROM paths p LEFT JOIN buyers b ON p.user_id = b.user_id GROUP BY p.path',
    `WITH touches AS (SELECT user_id, campaign, min(event_dt_utc) f FROM ${views} v WHERE user_id IS NOT NULL GROUP BY ALL),
     paths AS (SELECT user_id, list_sort(list({'step': s, 'campaign': campaign})) path FROM
       (SELECT *, rank() OVER (PARTITION BY user_id ORDER BY f) s FROM touches) GROUP BY 1),
     buyers AS (SELECT user_id, sum(sales) s FROM ${taps} t WHERE user_id IS NOT NULL GROUP BY 1)
     SELECT path, count(*) AS users, count(s) AS buyers, sum(s)::DECIMAL(38, 4) FROM paths LEFT JOIN buyers USING (user_id) GROUP BY 1`,
  ],
  [
    'new to brand: distinct users under a condition',
    'SELECT campaign, COUNT(DISTINCT IF(clicks > 0, user_id, NULL)) AS clickers, ' +
      'COUNT(DISTINCT CASE WHEN clicks = 0 THEN user_id END) AS others FROM views GROUP BY campaign',
    `SELECT campaign, count(DISTINCT user_id) FILTER (WHERE clicks > 0), count(DISTINCT user_id) FILTER (WHERE clicks = 0)
     FROM ${views} v GROUP BY 1`,
  ],
  [
    'time to conversion: a widened read, seconds, buckets, a running share',
    "WITH t AS (SELECT CASE WHEN SECONDS_BETWEEN(event_date, event_dt_utc) < 43200 THEN 'am' ELSE 'pm' END AS half, clicks " +
      "FROM TABLE(EXTEND_TIME_WINDOW('views', 'P3D', 'P1D')) WHERE event_dt_utc < BUILT_IN_PARAMETER('TIME_WINDOW_END')), " +
      'b AS (SELECT half, SUM(clicks) AS clicks FROM t GROUP BY 1) ' +
      'SELECT half, clicks, SUM(clicks) OVER (ORDER BY half) / NULLIF(SUM(clicks) OVER (), 0) AS share FROM b',
    `WITH b AS (SELECT CASE WHEN date_diff('second', event_date::TIMESTAMP, event_dt_utc) < 43200 THEN 'am' ELSE 'pm' END AS half,
       sum(clicks)::BIGINT AS clicks FROM synthetic.main.views WHERE event_dt_utc >= '2026-04-28' AND event_dt_utc < '2026-06-01' GROUP BY 1)
     SELECT half, clicks, sum(clicks) OVER (ORDER BY half) / (sum(clicks) OVER ()) FROM b`,
  ],
  [
    'user ids become text where text is needed, and stay distinct',
    "SELECT LEFT(CONCAT('u', user_id), 2) AS u, MAX(LENGTH(user_id)) AS n FROM views WHERE user_id LIKE '1%' AND user_id <> '12' GROUP BY 1",
    `SELECT 'u1' AS u, 2 AS n`,
  ],
  [
    'a user id of two branches is one column, text where one branch has text',
    "WITH a AS (SELECT user_id FROM views UNION ALL SELECT user_id FROM taps), b AS (SELECT user_id FROM a UNION ALL SELECT 'x') " +
      'SELECT COUNT(DISTINCT user_id) AS n FROM b',
    'SELECT 40 AS n',
  ],
  [
    'comparisons of text with numbers and times',
    "SELECT COUNT(*) AS n FROM views WHERE spend >= '5000' AND event_dt_utc >= '2026-05-10' AND event_date <= '2026-05-20' AND campaign = 'c1'",
    `SELECT count(*) AS n FROM ${views} v WHERE spend >= 5000 AND event_dt_utc >= '2026-05-10' AND event_date <= '2026-05-20' AND campaign = 'c1'`,
  ],
  [
    'casts cut fractions off and fail to NULL',
    "SELECT CAST(1.9 AS INT) AS a, CAST('2.7' AS BIGINT) AS b, CAST('x' AS INT) AS c, CAST(-1.9 AS INTEGER) AS d, CAST('9007199254740993' AS BIGINT) AS e",
    'SELECT 1 AS a, 2::BIGINT AS b, NULL::INTEGER AS c, -1 AS d, 9007199254740993 AS e',
  ],
  [
    'SIMILAR TO finds anywhere, LIKE matches the whole',
    "SELECT COUNT(IF('Kitchen' SIMILAR TO '^Kit', 1, NULL)) AS a, COUNT(IF('Kitchen' NOT SIMILAR TO '(?i)KIT', 1, NULL)) AS b, COUNT(IF('Kitchen' LIKE 'Kit', 1, NULL)) AS c",
    'SELECT 1::BIGINT AS a, 0::BIGINT AS b, 0::BIGINT AS c',
  ],
  [
    'weekdays count from 1 = Sunday, dates move by intervals',
    "SELECT EXTRACT(DOW FROM DATE '2026-05-03') AS a, DATE '2026-05-03' - INTERVAL '2' DAY AS b, TIMESTAMP '2026-05-03 01:00:00' + INTERVAL '1' HOUR AS c",
    `SELECT 1 AS a, DATE '2026-05-01' AS b, TIMESTAMP '2026-05-03 02:00:00' AS c`,
  ],
  [
    'products beyond 32 bits, text with quotes, operators in order',
    "SELECT 2000000000 * 3 AS a, 'it''s' || ' \"so\"' AS b, 2 + 3 * 4 - -1 AS c, NOT 1 = 2 AND TRUE AS d, 7 % 4 AS e",
    `SELECT 6000000000 AS a, 'it''s "so"' AS b, 15::BIGINT AS c, true AS d, 3::BIGINT AS e`,
  ],
  [
    'a subquery in FROM without alias, a nested WITH, a WITH part named like a table',
    "WITH views AS (WITH inner_part AS (SELECT campaign, clicks FROM views WHERE line_item = 'l1') SELECT campaign, clicks FROM inner_part) " +
      'SELECT campaign, n FROM (SELECT campaign, SUM(clicks) AS n FROM views GROUP BY 1)',
    `SELECT campaign, sum(clicks)::BIGINT AS n FROM ${views} v WHERE line_item = 'l1' GROUP BY 1`,
  ],
  [
    'a table without a window, comma join, cross join',
    'SELECT s.segment_name, COUNT(*) AS n FROM segments s, views v CROSS JOIN (SELECT 1 AS one) x WHERE v.campaign = s.segment GROUP BY 1',
    `SELECT segment_name, count(*) AS n FROM synthetic.main.segments s JOIN ${views} v ON v.campaign = s.segment GROUP BY 1`,
  ],
  [
    'DISTINCT with parentheses, DISTINCT over groups',
    'SELECT DISTINCT(campaign) AS c, COUNT(*) > 1 AS many FROM views GROUP BY campaign, line_item',
    `SELECT DISTINCT campaign, true FROM ${views} v`,
  ],
  [
    'scalar subquery, EXISTS, BETWEEN, NULL tests',
    'SELECT campaign, SUM(clicks) / (SELECT COUNT(*) FROM taps) AS r FROM views v WHERE EXISTS (SELECT 1 FROM taps t WHERE t.campaign = v.campaign) ' +
      'AND spend BETWEEN 1 AND 300000 AND (device_type IS NULL) IS NOT TRUE GROUP BY 1',
    `SELECT campaign, sum(clicks) / (SELECT count(*) FROM ${taps} t) FROM ${views} v WHERE spend BETWEEN 1 AND 300000 AND device_type IS NOT NULL GROUP BY 1`,
  ],
  [
    'the column list of a WITH part and of an alias rename by position',
    'WITH t (a, b) AS (SELECT campaign, SUM(clicks) FROM views GROUP BY 1) SELECT x.d AS a, x.e AS b FROM t AS x (d, e)',
    `SELECT campaign, sum(clicks)::BIGINT FROM ${views} v GROUP BY 1`,
  ],
  [
    'FILTER, and an aggregate that is windowed',
    "SELECT campaign, SUM(clicks) FILTER (WHERE line_item = 'l1') AS a, SUM(SUM(clicks)) OVER () AS b FROM views GROUP BY 1",
    `SELECT campaign, sum(clicks) FILTER (WHERE line_item = 'l1'), sum(sum(clicks)) OVER () FROM ${views} v GROUP BY 1`,
  ],
]

/** Rows as text, in any order, without the names of the columns. */
function comparable(rows: readonly Record<string, unknown>[]): string[] {
  return rows
    .map((row) =>
      JSON.stringify(Object.values(row), (_, value) => (typeof value === 'number' ? String(+value.toFixed(9)) : value)),
    )
    .toSorted()
}

test.for(pairs)('%s', async ([, amc, duck]) => {
  const [got, wanted] = [await db.amc(amc), await db.sql(duck)]
  expect(got.length).toBeGreaterThan(0)
  expect(comparable(got)).toEqual(comparable(wanted))
})

test('ORDER BY and LIMIT are honoured at the end, by alias, position and expression', async () => {
  const rows = async (tail: string) =>
    (await db.amc(`SELECT campaign, SUM(spend) AS spend FROM views GROUP BY 1 ${tail}`)).map((row) => row['campaign'])
  const bySpend = (await db.sql(`SELECT campaign FROM ${views} v GROUP BY 1 ORDER BY sum(spend) DESC`)).map(
    (row) => row['campaign'],
  )
  expect(await rows('ORDER BY 2 DESC LIMIT 2')).toEqual(bySpend.slice(0, 2))
  expect(await rows('ORDER BY spend DESC LIMIT 2 OFFSET 1')).toEqual(bySpend.slice(1, 3))
  expect(await rows('ORDER BY SUM(spend) / 2 DESC')).toEqual(bySpend)
})

test('outputs have the types that they are declared with', async () => {
  const text =
    'SELECT campaign, COUNT(*) AS n, SUM(clicks) AS c, SUM(sales) AS s, AVG(clicks) AS m, MIN(event_date) AS d, NULL AS nothing, ' +
    'COLLECT(user_id) AS users FROM views GROUP BY 1'
  const [row] = await db.amc(text)
  expect(row?.['users']).toEqual(expect.arrayContaining([expect.any(String)]))
  expect(row).toMatchObject({ n: expect.any(String), c: expect.any(String), s: expect.stringMatching(/\.\d{4}$/) })
})

test('CUSTOM_PARAMETER takes the value of the run, else the default, typed', async () => {
  const customParameters = [
    { name: 'ids', dataType: { type: 'ARRAY', elementDataType: 'STRING' } as const, defaultValue: ["c1'"] },
    { name: 'least', dataType: 'INTEGER', defaultValue: 3 },
  ]
  const text =
    "SELECT campaign, CUSTOM_PARAMETER('least') AS least, COUNT(*) AS n FROM views " +
    "WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('ids'), campaign) OR CARDINALITY(CUSTOM_PARAMETER('ids')) = 0 GROUP BY 1"
  expect(await db.amc(text, { customParameters })).toEqual([])
  const given = await db.amc(text, { customParameters, parameterValues: { ids: ['c1', 'c2'], least: 7 } })
  expect(given.map((row) => String(row['campaign'])).toSorted()).toEqual(['c1', 'c2'])
  expect(given[0]?.['least']).toBe(7)
  expect(await db.amc(text, { customParameters, parameterValues: { ids: [] } })).toHaveLength(4)
  await expect(db.amc(text)).rejects.toThrow('No parameter ids is declared')
})

test('a text that looks like a placeholder is a text', async () => {
  expect(await db.amc("SELECT '{{c}} and {{not one' AS n FROM views GROUP BY 1")).toEqual([
    { n: '{{c}} and {{not one' },
  ])
})

test('a placeholder without a value and a broken window are refused', async () => {
  await expect(db.amc('SELECT COUNT(*) AS n FROM views WHERE campaign = {{c}}')).rejects.toThrow('placeholder')
  await expect(db.amc('SELECT 1 AS n', { window: { ...window, end: "2026-06-01' OR 1" } })).rejects.toThrow('window')
})
