import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database, type Row } from '../../test/duckdb.ts'
import { eventSchema } from '../../test/schema.ts'
import { lower, type LowerOptions } from '../lower/lower.ts'

/**
 * Queries that try to learn something of one person. The data: 120 people in the campaign `crowd`, of which user 1001 alone is also
 * in the campaign `lone` with a postal code and a line item of her own. Whatever names `lone` tells of her. Each query is refused
 * with a place, or gives only rows that at least two people stand behind.
 */
let db: Database
const privacy: LowerOptions['privacy'] = { behavior: 'REMOVE_ROWS' }

beforeAll(async () => {
  db = await openDatabase(eventSchema)
  for (const table of ['views', 'taps'])
    await db.sql(
      `INSERT INTO synthetic.main.${table} (user_id, campaign, line_item, device_type, postal_code, marketplace_id, event_dt_utc, impressions, clicks) ` +
        `SELECT 900 + i, 'crowd', 'l' || i % 3, 'PC', 'p' || i % 2, 1, '2026-05-05', 1, i % 2 FROM range(1, 121) AS t(i) ` +
        `UNION ALL SELECT 1001, 'lone', 'secret line', 'TV', 'secret place', 7, '2026-05-06', 5, 3`,
    )
  await db.sql(
    `INSERT INTO synthetic.main.segments VALUES ('lone', 'Lone'), ('crowd', 'Crowd'), ('secret line', 'Line')`,
  )
})
afterAll(() => db.close())

/** The rows that come out; null where the query is refused. Every refusal has a place within the text. */
async function attempt(query: string, options: Partial<LowerOptions> = {}): Promise<Row[] | null> {
  const window = { start: '2026-05-01T00:00:00', end: '2026-06-01T00:00:00' }
  const lowered = lower(query, { schema: eventSchema, window, privacy, ...options })
  if (lowered.ok) return db.amc(query, { privacy, ...options })
  expect(lowered.diagnostics.length).toBeGreaterThan(0)
  for (const { from, to, message } of lowered.diagnostics) {
    expect(message).not.toBe('')
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(query.length)
    expect(to).toBeGreaterThan(from)
  }
  return null
}

/** True for rows in which nothing stands of the one person; false for a refusal, which is a matter of its own. */
function tellsNothing(rows: Row[] | null): boolean {
  return rows !== null && !/lone|secret|1001/i.test(JSON.stringify(rows))
}

async function refused(query: string): Promise<void> {
  expect({ query, rows: await attempt(query) }).toEqual({ query, rows: null })
}

async function silent(query: string): Promise<Row[]> {
  const rows = await attempt(query)
  expect({ query, rows, silent: tellsNothing(rows) }).toMatchObject({ query, silent: true })
  return rows ?? []
}

describe('a person is not looked for by a fixed value', () => {
  const where = (condition: string) => `SELECT SUM(impressions) AS n FROM views WHERE ${condition}`
  test.each([
    "user_id = '1001'",
    "'1001' = user_id",
    "user_id <> '1001'",
    "user_id IN ('1001', '1002')",
    "user_id BETWEEN '1001' AND '1001'",
    "user_id LIKE '1001'",
    "user_id LIKE '%' || '1001'",
    "user_id SIMILAR TO '1001'",
    "CASE user_id WHEN '1001' THEN TRUE ELSE FALSE END",
    "CASE WHEN user_id = '1001' THEN TRUE ELSE FALSE END",
    "COALESCE(user_id, '') = '1001'",
    "CONCAT(user_id, '') = '1001'",
    "user_id || '' = '1001'",
    "CAST(user_id AS VARCHAR) = '1001'",
    'CAST(user_id AS INTEGER) = 1001',
    "UPPER(user_id) = '1001'",
    "MD5(user_id) = MD5('1001')",
    "HASH64(user_id) = HASH64('1001')",
    'MOD(HASH64(user_id), 1000) = 1',
    "SUBSTRING(user_id, 1, 4) = '1001'",
    "POSITION('1001' IN user_id) = 1",
    'LENGTH(user_id) = 4',
    "ARRAY_CONTAINS(ARRAY['1001'], user_id)",
    "CONTAINED_IN(user_id, ARRAY['1001'])",
    "NULLIF(user_id, '1001') IS NULL",
    "REGEXP_REPLACE(user_id, '1001', '') = REGEXP_REPLACE(user_id, 'x', '')",
    "(user_id, campaign) IN (VALUES ('1001', 'lone'))",
    "(user_id = '1001') IS TRUE",
    "NOT (user_id <> '1001')",
    "user_id = (SELECT '1001')",
    "user_id = (SELECT MAX(x) FROM (VALUES ('1001')) AS t(x))",
    "user_id IN (SELECT x FROM (VALUES ('1001')) AS t(x))",
    "user_id = ARRAY['1001'][1]",
    "postal_code = 'secret place'",
    "postal_code LIKE 'secret%'",
    "postal_code = (SELECT MAX(x) FROM (VALUES ('secret place')) AS t(x))",
  ])('WHERE %s', async (condition) => {
    expect(await attempt(where(condition))).toBeNull()
  })

  test.each([
    // Each of them is NULL, or another value, for one person alone.
    '1 / (CAST(user_id AS BIGINT) - 1001) IS NULL',
    'CAST(user_id AS BIGINT) - 1001 IS NOT NULL',
    'CAST(user_id AS DATE) IS NULL',
    "JSON_EXTRACT(user_id, '$.x') IS NULL",
    'ARRAY[1, 2, 3][CAST(user_id AS INTEGER)] IS NULL',
    "REGEXP_SUBSTR(user_id, '1001') IS NULL",
    "COALESCE(NULLIF(user_id, '1001'), campaign) = campaign",
    'user_id = campaign',
    'user_id = line_item',
    "CASE WHEN clicks >= 0 THEN '1001' ELSE user_id END = user_id",
    "COALESCE(CASE WHEN clicks < 0 THEN user_id END, '1001') = user_id",
    "LEAST(user_id, '1001') = user_id",
    "REPLACE(user_id, '1001', '') = user_id",
  ])('WHERE %s', async (condition) => {
    expect(await attempt(where(condition))).toBeNull()
  })

  test.each([
    "SELECT SUM(impressions) AS n FROM views JOIN (VALUES ('1001')) AS v(id) ON user_id = id",
    "SELECT SUM(impressions) AS n FROM views JOIN (VALUES ('1001')) AS v(user_id) USING (user_id)",
    "WITH v (id) AS (VALUES ('1001')) SELECT SUM(impressions) AS n FROM views, v WHERE user_id = id",
    "WITH v (id) AS (VALUES ('1001')) SELECT SUM(impressions) AS n FROM views LEFT JOIN v ON user_id = id WHERE id IS NOT NULL",
    "WITH v AS (SELECT MIN(x) AS id FROM (VALUES ('1001')) AS t(x)) SELECT SUM(impressions) AS n FROM views JOIN v ON user_id = id",
    "WITH v AS (SELECT CASE WHEN clicks < 0 THEN user_id ELSE '1001' END AS id FROM views) SELECT COUNT(*) AS n FROM views JOIN v ON user_id = id",
    "WITH v AS (SELECT user_id AS id FROM taps WHERE clicks < 0 UNION ALL SELECT '1001') SELECT COUNT(*) AS n FROM views JOIN v ON user_id = id",
    "SELECT SUM(CASE WHEN user_id = '1001' THEN impressions END) AS n FROM views",
    "SELECT SUM(impressions) FILTER (WHERE user_id = '1001') AS n FROM views",
    "SELECT COUNT(NULLIF(user_id, '1001')) AS n FROM views",
    'SELECT COUNT(1 / (CAST(user_id AS BIGINT) - 1001)) AS n FROM views',
    "SELECT campaign, COUNT(*) AS n FROM views GROUP BY campaign HAVING MAX(user_id) = '1001'",
    "SELECT campaign, COUNT(*) AS n FROM views GROUP BY campaign HAVING ARRAY_CONTAINS(COLLECT(user_id), '1001')",
    "SELECT campaign, COUNT(*) AS n FROM views GROUP BY campaign HAVING CARDINALITY(ARRAY_REMOVE(COLLECT(user_id), '1001')) < CARDINALITY(COLLECT(user_id))",
    "SELECT campaign, COUNT(*) AS n FROM views GROUP BY campaign HAVING CARDINALITY(ARRAY_INTERSECT(COLLECT(user_id), ARRAY['1001'])) > 0",
    "SELECT t.x FROM (VALUES ('1001'), ('1002')) AS t(x) WHERE t.x IN (SELECT user_id FROM views)",
    "SELECT COUNT(*) AS n FROM views WHERE EXISTS (SELECT 1 FROM taps WHERE user_id = '1001')",
    "SELECT campaign, RANK() OVER (ORDER BY CASE WHEN user_id = '1001' THEN 0 ELSE 1 END) AS r FROM views",
    "SELECT SUM(impressions) AS n FROM views WHERE user_id = '1001' -- recomamp-ignore AMC006: it is me",
    "-- recomamp-ignore-file AMC006, AMC002: it is me\nSELECT user_id FROM views WHERE user_id = '1001'",
  ])('%s', async (query) => {
    expect(await attempt(query)).toBeNull()
  })

  test('a parameter is a fixed value as well', async () => {
    const customParameters = [{ name: 'who', dataType: 'STRING', defaultValue: '1001' }]
    const query = "SELECT SUM(impressions) AS n FROM views WHERE user_id = CUSTOM_PARAMETER('who')"
    const lowered = lower(query, {
      schema: eventSchema,
      window: { start: '2026-05-01T00:00:00', end: '2026-06-01T00:00:00' },
      privacy,
      customParameters,
    })
    expect(lowered).toMatchObject({ ok: false, diagnostics: [{ code: 'AMC006' }] })
  })
})

describe('ids do not come out', () => {
  test.each([
    'SELECT user_id FROM views',
    'SELECT DISTINCT user_id FROM views',
    'SELECT user_id, COUNT(*) AS n FROM views GROUP BY user_id',
    'SELECT MIN(user_id) AS u FROM views',
    "SELECT 'x' || MAX(user_id) AS u FROM views",
    'SELECT CAST(user_id AS VARCHAR) AS u, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT COALESCE(user_id, campaign) AS u, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT COLLECT(user_id) AS u FROM views',
    'SELECT COLLECT(DISTINCT user_id)[1] AS u FROM views',
    'SELECT EXPLODE(COLLECT(user_id)) AS u FROM views',
    'SELECT CARDINALITY(COLLECT(DISTINCT user_id)) AS n FROM views',
    'SELECT JSON_SERIALIZE(COLLECT(user_id)) AS u FROM views',
    "SELECT JSON_SERIALIZE(NAMED_ROW('u', user_id)) AS u, COUNT(*) AS n FROM views GROUP BY 1",
    "SELECT ARRAY_TO_STRING(ARRAY_SORT(COLLECT(user_id)), ',') AS u FROM views",
    'SELECT MD5(user_id) AS u, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT SHA1(MAX(user_id)) AS u FROM views',
    'SELECT HASH64(user_id) AS u, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT LENGTH(MAX(user_id)) AS u FROM views',
    'SELECT user_id IS NULL OR MAX(user_id) IS NOT NULL AS u, COUNT(*) AS n FROM views GROUP BY user_id',
    'SELECT FIRST_VALUE(user_id) OVER (ORDER BY event_dt_utc) AS u FROM views',
    'SELECT LAG(user_id) OVER (ORDER BY event_dt_utc) AS u FROM views',
    'SELECT MAX(MAX(user_id)) OVER () AS u FROM views GROUP BY campaign',
    'SELECT (SELECT MAX(user_id) FROM views) AS u FROM taps GROUP BY campaign',
    'SELECT u FROM (SELECT MAX(user_id) AS u FROM views) AS t',
    'WITH t (u) AS (SELECT MAX(user_id) FROM views) SELECT u AS campaign FROM t',
    'SELECT campaign FROM views GROUP BY 1 UNION SELECT user_id FROM taps GROUP BY 1',
    'SELECT campaign, COUNT(*) AS n FROM views GROUP BY campaign ORDER BY MAX(user_id)',
    'SELECT COUNT(*) AS n FROM views GROUP BY user_id',
    'SELECT COUNT(*) AS n FROM views GROUP BY MD5(user_id)',
    'SELECT marketplace_id, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT MAX(marketplace_id + 1) AS m FROM views',
    'SELECT impressions FROM views',
    'SELECT * FROM views',
  ])('%s', async (query) => {
    expect(await attempt(query)).toBeNull()
  })
})

describe('what only one person did does not come out', () => {
  test.each([
    'SELECT campaign, SUM(impressions) AS n FROM views GROUP BY 1',
    "SELECT campaign, SUM(impressions) AS n FROM views WHERE campaign = 'lone' GROUP BY 1",
    'SELECT DISTINCT campaign FROM views',
    'SELECT campaign FROM views GROUP BY 1 UNION SELECT campaign FROM views GROUP BY 1',
    'SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1 HAVING COUNT(DISTINCT user_id) = 1',
    'SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1 ORDER BY COUNT(*) LIMIT 1',
    'SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1 ORDER BY 2 LIMIT 1 OFFSET 0',
    'SELECT line_item, MAX(campaign) AS c FROM views GROUP BY 1',
    'SELECT line_item, COLLECT(campaign) AS c FROM views GROUP BY 1',
    "SELECT line_item, ARRAY_TO_STRING(COLLECT(DISTINCT campaign), ',') AS c FROM views GROUP BY 1",
    "SELECT line_item, JSON_SERIALIZE(NAMED_ROW('c', MAX(campaign))) AS c FROM views GROUP BY 1",
    'SELECT line_item, EXPLODE(COLLECT(DISTINCT campaign)) AS c FROM views GROUP BY 1',
    'SELECT CASE WHEN impressions = 5 THEN campaign END AS c, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT CASE WHEN clicks = 3 THEN MD5(campaign) ELSE campaign END AS c, COUNT(*) AS n FROM views GROUP BY 1',
    'WITH u AS (SELECT user_id, campaign, SUM(impressions) AS n FROM views GROUP BY 1, 2) SELECT campaign, n, COUNT(*) AS users FROM u GROUP BY 1, 2',
    'WITH u AS (SELECT user_id, campaign, SUM(impressions) AS n FROM views GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1) SELECT campaign, COUNT(*) AS users FROM u GROUP BY 1',
    'SELECT campaign, COUNT(*) AS n FROM (SELECT campaign, user_id, ROW_NUMBER() OVER (ORDER BY impressions DESC) AS r FROM views) AS t WHERE r = 1 GROUP BY 1',
    'SELECT c, COUNT(*) AS n FROM (SELECT FIRST_VALUE(campaign) OVER (PARTITION BY line_item ORDER BY impressions DESC) AS c FROM views) AS t GROUP BY 1',
    'SELECT v.campaign, COUNT(*) AS n FROM views v JOIN taps t ON v.user_id = t.user_id GROUP BY 1',
    'SELECT v.campaign, COUNT(*) AS n FROM views v JOIN taps t ON v.campaign = t.campaign GROUP BY 1',
    'WITH a AS (SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1) SELECT campaign, n FROM a',
    'WITH a AS (SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1), b AS (SELECT campaign, n FROM a) SELECT campaign, SUM(n) AS n FROM b GROUP BY 1',
    'WITH a AS (SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1) SELECT a.campaign, b.n FROM a JOIN a AS b ON a.campaign = b.campaign',
    'SELECT s.segment, COUNT(*) AS n FROM segments s JOIN views v ON v.campaign = s.segment GROUP BY 1',
    'SELECT s.segment_name FROM segments s LEFT JOIN views v ON v.campaign = s.segment GROUP BY 1',
    'SELECT s.segment, (SELECT COUNT(*) FROM views) AS n FROM segments s JOIN (SELECT campaign FROM views GROUP BY 1) v ON v.campaign = s.segment',
  ])('%s', async (query) => {
    expect(await attempt(query)).toSatisfy(tellsNothing)
  })

  test('nor as the neighbour of a row that does', async () => {
    for (const window of [
      'LEAD(campaign)',
      'LEAD(campaign, 1)',
      'LAST_VALUE(campaign)',
      'FIRST_VALUE(campaign)',
      'LAG(campaign)',
    ])
      for (const order of ['ORDER BY campaign', 'ORDER BY campaign DESC']) {
        const over = `${window} OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)`
        const simple = over.includes('VALUE') ? over : `${window} OVER (${order})`
        await silent(`SELECT campaign, ${simple} AS other, COUNT(*) AS n FROM views GROUP BY campaign`)
        await silent(
          `WITH c AS (SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1) SELECT campaign, ${simple} AS other, n FROM c`,
        )
        await silent(
          `WITH c AS (SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1), d AS (SELECT campaign, ${simple} AS other FROM c) SELECT campaign, other FROM d`,
        )
      }
    const next = 'LEAD(campaign) OVER (ORDER BY campaign)'
    await refused(`SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1 HAVING ${next} = 'lone'`)
    const after = `WITH c AS (SELECT campaign, ${next} AS other, COUNT(*) AS n FROM views GROUP BY 1) SELECT campaign, n FROM c WHERE other = 'lone'`
    expect(await attempt(after)).toEqual([])
    const rows = await silent(
      'SELECT line_item, LAG(line_item) OVER (ORDER BY line_item) AS o, COUNT(*) AS n FROM views GROUP BY 1',
    )
    expect(rows.map((row) => row['o'])).toEqual([null, 'l0', 'l1'])
  })

  test('nor by what a query inside an expression finds', async () => {
    // Both campaigns stand in a table about nobody; which of them `views` knows must not come out for the one of a single person.
    for (const condition of [
      's.segment IN (SELECT campaign FROM views)',
      's.segment IN (SELECT campaign FROM views GROUP BY 1)',
      's.segment IN (SELECT campaign FROM views GROUP BY 1 HAVING COUNT(DISTINCT user_id) = 1)',
      's.segment IN (SELECT line_item FROM views)',
      '(s.segment, 5) IN (SELECT campaign, SUM(impressions) FROM views GROUP BY 1)',
      's.segment = (SELECT MAX(campaign) FROM views WHERE impressions = 5)',
      's.segment = (SELECT campaign FROM views ORDER BY impressions DESC LIMIT 1)',
      "EXISTS (SELECT 1 FROM views WHERE campaign = 'lone') AND s.segment = 'lone'",
      "s.segment = 'lone' AND (SELECT COUNT(*) FROM views WHERE campaign = 'lone') > 0",
    ])
      await silent(`SELECT s.segment FROM segments s WHERE ${condition}`)
    // Nor the other way round: what is missing tells as much.
    for (const condition of [
      's.segment NOT IN (SELECT campaign FROM views)',
      's.segment NOT IN (SELECT line_item FROM views WHERE impressions = 5)',
    ])
      expect(
        await attempt(`SELECT s.segment FROM segments s WHERE ${condition} AND s.segment <> 'crowd' ORDER BY 1`),
      ).toEqual([{ segment: 'lone' }, { segment: 'secret line' }])
    const none = "NOT EXISTS (SELECT 1 FROM views WHERE campaign = 'lone')"
    expect(await attempt(`SELECT s.segment FROM segments s WHERE ${none} AND s.segment = 'crowd'`)).toEqual([
      { segment: 'crowd' },
    ])
  })

  test('a query inside that reads the row around is refused, unless it is about the same person', async () => {
    await refused('SELECT s.segment FROM segments s WHERE EXISTS (SELECT 1 FROM views v WHERE v.campaign = s.segment)')
    await refused('SELECT s.segment, (SELECT COUNT(*) FROM views v WHERE v.campaign = s.segment) AS n FROM segments s')
    await refused(
      'SELECT s.segment FROM segments s WHERE 5 IN (SELECT impressions FROM views v WHERE v.campaign = s.segment)',
    )
    await refused(
      'SELECT t.campaign, COUNT(*) AS n FROM taps t WHERE EXISTS (SELECT 1 FROM views v WHERE v.user_id = t.user_id OR v.campaign = t.campaign) GROUP BY 1',
    )
    await refused(
      'SELECT t.campaign, COUNT(*) AS n FROM taps t WHERE EXISTS (SELECT t.user_id FROM views v WHERE t.user_id IS NOT NULL) GROUP BY 1',
    )
    const same = 'FROM views v WHERE v.user_id = t.user_id AND v.impressions = 1'
    for (const condition of [
      `EXISTS (SELECT 1 ${same})`,
      `t.user_id IN (SELECT v.user_id ${same})`,
      `(SELECT COUNT(*) ${same}) > 0`,
    ])
      expect(await attempt(`SELECT t.campaign, COUNT(*) AS n FROM taps t WHERE ${condition} GROUP BY 1`)).toMatchObject(
        [{ campaign: 'crowd' }],
      )
  })

  test('people are told apart by what they did in another table, and still counted', async () => {
    const few = "(SELECT user_id FROM views WHERE campaign = 'lone')"
    await silent(`SELECT campaign, COUNT(*) AS n FROM taps WHERE user_id IN ${few} GROUP BY 1`)
    const others = await silent(`SELECT campaign, COUNT(*) AS n FROM taps WHERE user_id NOT IN ${few} GROUP BY 1`)
    expect(others).toEqual([{ campaign: 'crowd', n: '119' }])
  })
})

test('a text with more uses of its tables than can be followed is refused', async () => {
  const parts = ['a0 AS (SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1)']
  for (let at = 1; at <= 8; at += 1)
    parts.push(`a${at} AS (SELECT x.campaign, x.n FROM a${at - 1} x JOIN a${at - 1} y ON x.campaign = y.campaign)`)
  const query = (last: number) => `WITH ${parts.slice(0, last + 1).join(', ')} SELECT campaign, n FROM a${last}`
  expect(await attempt(query(7))).toEqual([{ campaign: 'crowd', n: '120' }])
  await refused(query(8))
  const union = `WITH u AS (${Array.from({ length: 129 }, () => 'SELECT campaign, user_id FROM views').join(' UNION ALL ')}) SELECT campaign, COUNT(*) AS n FROM u GROUP BY 1`
  await refused(union)
})
