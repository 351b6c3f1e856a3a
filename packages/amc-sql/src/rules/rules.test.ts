import { expect, test } from 'vitest'
import { analyze } from '../../test/judged.ts'
import type { AnalyzeOptions } from '../options.ts'
import { eventSchema as schema } from '../../test/schema.ts'

/** The findings of a text as `CODE at «marked text»`, without those about columns that nobody reads. */
function found(text: string, options?: AnalyzeOptions): string[] {
  const all = analyze(text, schema, options).diagnostics.filter(({ code }) => code !== 'AMC045')
  return all.map(({ code, from, to }) => `${code} ${text.slice(from, to)}`)
}

function finding(text: string, options?: AnalyzeOptions) {
  const [first] = analyze(text, schema, options).diagnostics
  return first
}

const clean =
  'SELECT campaign, COUNT(DISTINCT user_id) AS users, SUM(impressions) AS impressions FROM views GROUP BY campaign'

test('a sound query has no findings', () => {
  expect(found(clean)).toEqual([])
})

test('AMC001: a star is marked, over a table as an error, over a WITH part as a warning', () => {
  expect(found('SELECT * FROM views')).toContain('AMC001 *')
  expect(finding('SELECT v.* FROM views v')).toMatchObject({ code: 'AMC001', severity: 'error' })
  const part = 'WITH c AS (SELECT campaign, SUM(clicks) AS n FROM views GROUP BY 1) SELECT * FROM c'
  expect(analyze(part, schema).diagnostics).toMatchObject([{ code: 'AMC001', severity: 'warning' }])
  expect(analyze(part, schema).output.map(({ name }) => name)).toEqual(['campaign', 'n'])
})

test('AMC002: columns that are never shown must not stand in the final SELECT', () => {
  expect(found('SELECT user_id, SUM(clicks) AS n FROM views GROUP BY 1')).toEqual(['AMC002 user_id'])
  expect(found('SELECT marketplace_id, SUM(clicks) AS n FROM views GROUP BY 1')).toEqual(['AMC002 marketplace_id'])
})

test('AMC003: also not through an alias, an expression or a star', () => {
  const part = 'WITH c AS (SELECT user_id AS u, campaign FROM views) '
  expect(found(`${part}SELECT MAX(u) AS m FROM c`)).toEqual(['AMC003 MAX(u) AS m'])
  expect(found(`${part}SELECT campaign, CONCAT('x', u) AS m, COUNT(*) AS n FROM c GROUP BY 1, 2`)).toEqual([
    "AMC003 CONCAT('x', u) AS m",
  ])
  expect(found('WITH c AS (SELECT campaign, MAX(user_id) AS m FROM views GROUP BY 1) SELECT * FROM c')).toContain(
    'AMC003 *',
  )
  expect(found('SELECT MD5(user_id) AS m, COUNT(*) AS n FROM views GROUP BY 1')).toEqual(['AMC003 MD5(user_id) AS m'])
})

test('AMC003: whether a user is known may come out', () => {
  expect(found('SELECT IF(user_id IS NULL, 0, 1) AS known, COUNT(*) AS n FROM views GROUP BY 1')).toEqual([])
})

test('AMC004: the final GROUP BY must not hold the user', () => {
  expect(found('SELECT COUNT(*) AS n FROM views GROUP BY user_id')).toEqual(['AMC004 user_id'])
})

test('AMC005: rows of one user each do not reach the output', () => {
  expect(found('SELECT campaign, impressions FROM views')).toEqual(['AMC005 campaign, impressions'])
  const perUser =
    'WITH u AS (SELECT user_id, campaign, SUM(clicks) AS n FROM views WHERE user_id IS NOT NULL GROUP BY 1, 2) '
  expect(found(`${perUser}SELECT campaign, n FROM u`)).toEqual(['AMC005 campaign, n'])
  expect(found(`${perUser}SELECT campaign, COUNT(*) AS users FROM u GROUP BY 1`)).toEqual([])
  expect(found(`${clean} UNION ALL SELECT campaign, clicks, clicks FROM taps`)).toEqual([
    'AMC005 campaign, clicks, clicks',
  ])
})

test('AMC005: DISTINCT aggregates, and so does a WITH part', () => {
  expect(found('SELECT DISTINCT campaign FROM views')).toEqual([])
  expect(found(`WITH c AS (${clean}) SELECT campaign, users FROM c`)).toEqual([])
})

test('AMC006: no literal and no parameter against HIGH and VERY_HIGH', () => {
  const count = 'SELECT COUNT(*) AS n FROM views WHERE '
  expect(found(`${count}postal_code IN ('10001')`)).toEqual(["AMC006 postal_code IN ('10001')"])
  expect(found(`${count}user_id <> ''`)).toEqual(["AMC006 user_id <> ''"])
  expect(found(`${count}LOWER(postal_code) LIKE 'us%'`)).toEqual(["AMC006 LOWER(postal_code) LIKE 'us%'"])
  const customParameters = [{ name: 'p', dataType: 'STRING' }]
  expect(found(`${count}postal_code = CUSTOM_PARAMETER('p')`, { customParameters })).toEqual([
    "AMC006 postal_code = CUSTOM_PARAMETER('p')",
  ])
  expect(found(`${count}user_id IS NOT NULL AND campaign = 'a'`)).toEqual([])
  expect(found('SELECT MAX(v.clicks) AS n FROM views v JOIN taps t ON v.user_id = t.user_id')).toEqual([])
})

test('AMC006: a list of values behind a WITH part stays a list of values', () => {
  const list = "WITH z (code) AS (VALUES ('10001')) SELECT COUNT(*) AS n FROM views v "
  expect(found(`${list}JOIN z ON v.postal_code = z.code`)).toEqual(['AMC006 v.postal_code = z.code'])
  expect(found(`${list}WHERE v.postal_code IN (SELECT code FROM z)`)).toEqual([
    'AMC006 v.postal_code IN (SELECT code FROM z)',
  ])
})

test('AMC007: RIGHT JOIN', () => {
  expect(found('SELECT MAX(v.clicks) AS n FROM views v RIGHT JOIN taps t ON v.user_id = t.user_id')).toEqual([
    'AMC007 RIGHT JOIN',
  ])
})

test('AMC008: a column that is neither grouped nor aggregated, in Calcite’s words', () => {
  const text = 'SELECT campaign, line_item, SUM(clicks) AS n FROM views GROUP BY 1'
  expect(finding(text)).toMatchObject({ code: 'AMC008', amc: "Expression 'line_item' is not being grouped" })
  expect(found('SELECT UPPER(campaign) AS c, SUM(clicks) AS n FROM views GROUP BY UPPER(campaign)')).toEqual([])
  expect(found('SELECT CONCAT(UPPER(campaign), line_item) AS c FROM views GROUP BY UPPER(campaign)')).toEqual([
    'AMC008 line_item',
  ])
  expect(found('SELECT UPPER(campaign) AS campaign, COUNT(*) AS n FROM views GROUP BY campaign')).toEqual([])
  expect(found('SELECT campaign, COUNT(*) AS n FROM views GROUP BY 1 HAVING line_item = 5')).toEqual([
    'AMC008 line_item',
  ])
})

test('AMC009: unknown names with the nearest one', () => {
  expect(finding('SELECT COUNT(*) AS n FROM view')).toMatchObject({
    help: 'Did you mean views?',
    amc: "Object 'view' not found",
  })
  expect(finding('SELECT campain, COUNT(*) AS n FROM views GROUP BY 1')).toMatchObject({
    help: 'Did you mean campaign?',
    amc: "Column 'campain' not found in table 'views'",
  })
  expect(finding('SELECT w.campaign, COUNT(*) AS n FROM views v GROUP BY 1')).toMatchObject({
    amc: "Table 'w' not found",
  })
  expect(finding('SELECT COUNT(campaign) AS n FROM views v JOIN taps t ON v.user_id = t.user_id')).toMatchObject({
    amc: "Column 'campaign' is ambiguous",
    help: 'Write v.campaign or t.campaign',
  })
})

test('AMC009: an old column warns', () => {
  expect(finding('SELECT old_name, COUNT(*) AS n FROM views GROUP BY 1')).toMatchObject({
    code: 'AMC009',
    severity: 'warning',
  })
})

test('AMC009: nothing is reported of the columns of an unknown table', () => {
  expect(found('SELECT a, b.c, SUM(d) AS n FROM nowhere b GROUP BY 1, 2')).toEqual(['AMC009 nowhere'])
})

test('AMC010: functions of other dialects, with the replacement and the signature that Calcite names', () => {
  expect(finding("SELECT STRING_AGG(campaign, ',') AS s FROM views")).toMatchObject({
    code: 'AMC010',
    help: "In AMC: ARRAY_TO_STRING(COLLECT(x), ',')",
    amc: 'No match found for function signature STRING_AGG(<VARCHAR>, <VARCHAR>)',
  })
  expect(finding('SELECT SUMM(clicks) AS s FROM views')).toMatchObject({ help: 'Did you mean SUM?' })
  expect(finding("SELECT COUNT(*) AS n FROM views WHERE read_text('x') = 'y'")).toMatchObject({ code: 'AMC010' })
})

test('AMC012: a parameter that nobody declared', () => {
  const text = 'SELECT COUNT(*) AS n FROM views WHERE campaign = {{campain}}'
  expect(finding(text)).toMatchObject({ code: 'AMC012', severity: 'info' })
  const declared = [{ name: 'campaign', type: 'STRING', list: false, whenEmpty: 'error' } as const]
  expect(finding(text, { declared })).toMatchObject({ severity: 'error', help: 'Did you mean campaign?' })
})

test('AMC013: VALUES and its list of names, in the words that AMC recorded', () => {
  expect(finding('WITH t (a) AS (VALUES (1, 2)) SELECT a FROM t')).toMatchObject({
    code: 'AMC013',
    amc: 'Number of columns must match number of query columns',
  })
  expect(found('WITH t (a, b) AS (VALUES (1, 2), (3)) SELECT a, b FROM t')).toEqual(['AMC013 (3)'])
  expect(found("WITH t (a) AS (VALUES ('x'), ('y')) SELECT a FROM t")).toEqual([])
})

test('AMC014: UNION branches', () => {
  const first = 'SELECT campaign, SUM(clicks) AS n FROM views GROUP BY 1 UNION ALL '
  expect(finding(`${first}SELECT campaign FROM taps GROUP BY 1`)).toMatchObject({
    amc: 'Column count mismatch in UNION',
  })
  expect(finding(`${first}SELECT SUM(clicks), campaign FROM taps GROUP BY 2`)).toMatchObject({
    amc: 'Type mismatch in column 1 of UNION ALL',
  })
  expect(found(`${first}SELECT campaign, 0 FROM taps GROUP BY 1`)).toEqual([])
})

test('AMC015: EXTEND_TIME_WINDOW', () => {
  const read = (call: string) => `SELECT campaign, COUNT(*) AS n FROM TABLE(${call}) GROUP BY 1`
  expect(found(read("EXTEND_TIME_WINDOW('views', 'P28D', 'P0D')"))).toEqual([])
  expect(found(read("EXTEND_TIME_WINDOW('views', '28', 'P0D')"))).toEqual(["AMC015 '28'"])
  expect(found(read("EXTEND_TIME_WINDOW('views', 'P28D')"))[0]).toMatch(/^AMC015/)
  expect(found(read("EXTEND_TIME_WINDOW('vews', 'P28D', 'P0D')"))).toEqual(["AMC009 'vews'"])
})

test('AMC016: an alias in WHERE and beside itself', () => {
  const text =
    'WITH c AS (SELECT spend / 100 AS cost, cost + 1 AS more FROM views WHERE cost > 1) SELECT SUM(more) AS n FROM c'
  expect(found(text)).toEqual(['AMC016 cost', 'AMC016 cost'])
  expect(found('SELECT campaign, SUM(clicks) AS n FROM views GROUP BY 1 HAVING n > 1')).toEqual([])
})

test('AMC017: aggregates and windows where they cannot be', () => {
  expect(finding('SELECT COUNT(*) AS n FROM views WHERE SUM(clicks) > 1')).toMatchObject({
    amc: 'Aggregate expression is illegal in WHERE clause',
  })
  expect(finding('SELECT SUM(COUNT(clicks)) AS n FROM views')).toMatchObject({
    amc: 'Aggregate expressions cannot be nested',
  })
  expect(finding('SELECT COUNT(*) AS n FROM views WHERE RANK() OVER (ORDER BY clicks) = 1')).toMatchObject({
    amc: 'Windowed aggregate expression is illegal in WHERE clause',
  })
  expect(found('SELECT campaign, SUM(SUM(clicks)) OVER () AS n FROM views GROUP BY 1')).toEqual([])
})

test('AMC021: times with a zone', () => {
  expect(found("SELECT COUNT(*) AS n FROM views WHERE event_dt_utc >= '2026-05-01T00:00:00Z'")).toEqual([
    "AMC023 event_dt_utc >= '2026-05-01T00:00:00Z'",
    "AMC021 '2026-05-01T00:00:00Z'",
  ])
  expect(
    found("SELECT COUNT(*) AS n FROM views WHERE event_dt_utc >= TIMESTAMP '2026-05-01 00:00:00+02:00'"),
  ).toContain("AMC021 TIMESTAMP '2026-05-01 00:00:00+02:00'")
  expect(found("SELECT COUNT(*) AS n FROM views WHERE event_dt_utc >= CAST('2026-05-01' AS DATE)")).toEqual([
    "AMC023 event_dt_utc >= CAST('2026-05-01' AS DATE)",
  ])
})

test('AMC022, AMC026, AMC032, AMC037 warn', () => {
  expect(found(`${clean} ORDER BY 2 DESC LIMIT 10`)).toEqual(['AMC022 2 DESC', 'AMC022 10'])
  expect(found('SELECT SUM(clicks) / SUM(spend) AS r FROM views')).toEqual(['AMC026 SUM(spend)'])
  expect(found('SELECT SUM(clicks) / NULLIF(SUM(spend), 0) AS r, SUM(spend) / 100 AS s FROM views')).toEqual([])
  expect(found('SELECT COUNT(*) AS n FROM views WHERE campaign = NULL')).toEqual(['AMC032 campaign = NULL'])
  expect(found('SELECT COUNT(user_id) AS reach FROM views')).toEqual(['AMC037 COUNT(user_id)'])
})

test('what Calcite refuses besides has its words', () => {
  const words = (text: string) => finding(text)?.amc
  expect(words('SELECT COUNT(*) AS n FROM views WHERE clicks')).toBe('WHERE clause must be a condition')
  expect(words('SELECT SUM(campaign) AS n FROM views')).toBe(
    "Cannot apply 'SUM' to arguments of type 'SUM(<VARCHAR>)'. Supported form(s): 'SUM(<NUMERIC>)'",
  )
  expect(words('SELECT COUNT(*) AS n FROM views GROUP BY 3')).toBe('Ordinal out of range')
  expect(words('SELECT COUNT(*) AS n FROM views v JOIN taps t')).toMatch(/^INNER, LEFT, RIGHT or FULL join requires/)
  expect(words('SELECT COUNT(*) AS n FROM views, views')).toBe("Duplicate relation name 'views' in FROM clause")
  expect(words('SELECT MAX(CAST(campaign AS TEXTS)) AS n FROM views')).toBe("Unknown datatype name 'TEXTS'")
  expect(words("SELECT MAX(CASE WHEN clicks = 1 THEN 'a' ELSE 1 END) AS n FROM views")).toBe(
    'Illegal mixing of types in CASE or COALESCE statement',
  )
  expect(words('WITH c AS (SELECT RANK() AS r FROM views) SELECT COUNT(r) AS n FROM c')).toBe(
    'OVER clause is necessary for window functions',
  )
})

test('names are case-insensitive', () => {
  expect(found('select Campaign, Count(Distinct USER_ID) as N from VIEWS group by CAMPAIGN')).toEqual([])
})

test('F-24: types and roles of the output come from the query', () => {
  const { output } = analyze(
    'SELECT campaign, COUNT(DISTINCT user_id) AS users, SUM(clicks) AS clicks, 0.5 AS half, COLLECT(campaign) AS all_of ' +
      'FROM views GROUP BY 1',
    schema,
  )
  expect(output).toMatchObject([
    { name: 'campaign', type: 'STRING', role: 'DIMENSION', threshold: 'LOW' },
    { name: 'users', type: 'LONG', role: 'DIMENSION', threshold: 'NONE' },
    { name: 'clicks', type: 'LONG', role: 'METRIC', threshold: 'NONE' },
    { name: 'half', type: 'DECIMAL', precision: 2, scale: 1, role: 'DIMENSION' },
    { name: 'all_of', type: 'ARRAY', elementType: 'STRING', threshold: 'LOW' },
  ])
})

test('an audience query may return its users, and is recognised by itself', () => {
  expect(found('SELECT user_id FROM views_for_audiences')).toEqual([])
  expect(found('SELECT user_id FROM views', { audience: true })).toEqual(['AMC020 views'])
  expect(found('SELECT user_id FROM views_for_audiences', { audience: false })).toContain('AMC002 user_id')
})

test('broken text is never answered with an exception, nor with the consequences of the break', () => {
  for (let end = 0; end <= clean.length; end += 1) analyze(clean.slice(0, end), schema)
  expect(found('SELECT campaign, SUM(clicks FROM views')).toHaveLength(1)
  expect(found('SELECT campaign, impressions,').every((one) => one.startsWith('syntax'))).toBe(true)
})
