import { describe, expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { mended } from '../../test/findings.ts'
import { analyze, fixAll } from '../../test/judged.ts'
import { applyEdits } from '../index.ts'

/** A query after the first suggestion of the first finding of a rule. */
function suggested(code: string, text: string): string | null {
  const finding = analyze(text, catalogue).diagnostics.find((one) => one.code === code)
  const fix = finding?.fixes?.find(({ suggestion }) => suggestion === true)
  return fix === undefined ? null : applyEdits(text, fix.edits)
}

function errorsOf(text: string): string[] {
  return analyze(text, catalogue).diagnostics.flatMap((one) => (one.severity === 'error' ? [one.code] : []))
}

describe('AMC001', () => {
  test('a star in a WITH part becomes the columns that are read, in the order of the table', () => {
    const text = `WITH c AS (SELECT d.* FROM dsp_clicks d) SELECT campaign, SUM(clicks) AS n FROM c GROUP BY 1`
    expect(mended('AMC001', text)).toMatch(
      /^WITH c AS \(SELECT (campaign, clicks|clicks, campaign) FROM dsp_clicks d\)/,
    )
  })

  test('over a WITH part it becomes all of its columns, qualified where several are joined', () => {
    const parts = `WITH a AS (SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1),
      b AS (SELECT campaign AS c, SUM(impressions) AS "count" FROM dsp_impressions GROUP BY 1)`
    expect(mended('AMC001', `${parts} SELECT * FROM a`)).toBe(`${parts} SELECT campaign, n FROM a`)
    expect(mended('AMC001', `${parts} SELECT * FROM a INNER JOIN b ON a.campaign = b.c`)).toBe(
      `${parts} SELECT a.campaign, a.n, b.c, b."count" FROM a INNER JOIN b ON a.campaign = b.c`,
    )
  })

  test('a list of names counts the columns, so all of them must be named', () => {
    const text =
      'WITH t (a, b) AS (SELECT * FROM (SELECT campaign, clicks FROM dsp_clicks) AS x) SELECT DISTINCT a FROM t'
    expect(mended('AMC001', text)).toContain('(SELECT campaign, clicks FROM (')
  })
})

describe('AMC002 to AMC005', () => {
  test.each([
    [
      'SELECT user_id, campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1, 2',
      'SELECT COUNT(DISTINCT user_id) AS users, campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 2',
    ],
    [
      'SELECT c.user_id AS who, SUM(clicks) AS n FROM dsp_clicks c GROUP BY c.user_id',
      'SELECT COUNT(DISTINCT c.user_id) AS who, SUM(clicks) AS n FROM dsp_clicks c',
    ],
    [
      'SELECT user_id, campaign, clicks FROM dsp_clicks',
      'SELECT COUNT(DISTINCT user_id) AS users, campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY 2',
    ],
  ])('%s', (text, expected) => {
    expect(suggested('AMC002', text)).toBe(expected)
    expect(errorsOf(expected)).toEqual([])
  })

  test('an id of Amazon’s own is left out', () => {
    const text = 'SELECT marketplace_id, campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY marketplace_id, campaign'
    const hidden = analyze(text, catalogue).diagnostics.some(({ code }) => code === 'AMC002')
    expect(hidden ? suggested('AMC002', text) : null).toBe(
      hidden ? 'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY campaign' : null,
    )
  })

  test('a user that comes through a WITH part is counted', () => {
    const part = 'WITH c AS (SELECT user_id AS u, campaign FROM dsp_clicks)'
    expect(suggested('AMC003', `${part} SELECT campaign, MIN(u) AS sample FROM c GROUP BY 1`)).toBe(
      `${part} SELECT campaign, COUNT(DISTINCT u) AS sample FROM c GROUP BY 1`,
    )
  })

  test('a group key goes with its comma, the last one with its clause', () => {
    expect(suggested('AMC004', 'SELECT COUNT(*) AS n FROM dsp_clicks GROUP BY user_id, campaign')).toBe(
      'SELECT COUNT(*) AS n FROM dsp_clicks GROUP BY campaign',
    )
    expect(suggested('AMC004', 'SELECT COUNT(*) AS n FROM dsp_clicks GROUP BY campaign, (user_id)')).toBe(
      'SELECT COUNT(*) AS n FROM dsp_clicks GROUP BY campaign',
    )
    expect(suggested('AMC004', 'SELECT COUNT(*) AS n FROM dsp_clicks\nGROUP BY user_id HAVING COUNT(*) > 1')).toBe(
      'SELECT COUNT(*) AS n FROM dsp_clicks HAVING COUNT(*) > 1',
    )
  })

  test('event rows are summed and grouped', () => {
    const text = 'SELECT campaign, line_item AS l, clicks AS c, clicks FROM dsp_clicks WHERE clicks > 0'
    const expected =
      'SELECT campaign, line_item AS l, SUM(clicks) AS c, SUM(clicks) AS clicks FROM dsp_clicks WHERE clicks > 0 GROUP BY 1, 2'
    expect(suggested('AMC005', text)).toBe(expected)
    expect(errorsOf(expected)).toEqual([])
  })
})

test('AMC007: the sides are swapped, comments stay; behind other joins there is no way', () => {
  const text =
    'SELECT COUNT(*) AS n FROM dsp_clicks c -- clicks\nRIGHT JOIN (SELECT user_id FROM dsp_views) v USING (user_id)'
  expect(mended('AMC007', text)).toBe(
    'SELECT COUNT(*) AS n FROM (SELECT user_id FROM dsp_views) v -- clicks\nLEFT JOIN dsp_clicks c USING (user_id)',
  )
  const chain = text.replace('FROM dsp_clicks c', 'FROM dsp_views w INNER JOIN dsp_clicks c ON w.user_id = c.user_id')
  expect(mended('AMC007', chain)).toBeNull()
})

test.each([
  ['campaign, line_item, SUM(clicks) AS n FROM dsp_clicks', ' GROUP BY campaign, line_item'],
  ['campaign, SUM(clicks) AS n FROM dsp_clicks WHERE (clicks > 0)', ' GROUP BY campaign'],
  ['campaign, line_item, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1', ', 2'],
  ['campaign, UPPER(line_item) AS l, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1', ', line_item'],
])('AMC008: %s', (text, added) => {
  expect(mended('AMC008', `SELECT ${text}`)).toBe(`SELECT ${text}${added}`)
  expect(errorsOf(`SELECT ${text}${added}`)).toEqual([])
})

test('AMC008: a star is spoken of once', () => {
  const part = 'WITH a AS (SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1) SELECT *, SUM(n) AS m FROM a'
  expect(analyze(part, catalogue).diagnostics.map(({ code }) => code)).toEqual(['AMC001', 'AMC008'])
  expect(errorsOf('SELECT *, SUM(clicks) AS n FROM dsp_clicks')).toEqual(['AMC001'])
})

test('a SELECT that forgot its FROM is told once', () => {
  expect(errorsOf('SELECT campaign, SUM(clicks) AS n, COUNT(DISTINCT user_id) AS u')).toEqual(['AMC009'])
})

describe('AMC009', () => {
  test.each([
    ['SELECT SUM(impresions) AS n FROM dsp_impression', 'SELECT SUM(impressions) AS n FROM dsp_impressions'],
    [
      "SELECT COUNT(*) AS n FROM TABLE(EXTEND_TIME_WINDOW('dsp_click', 'P7D', 'P0D'))",
      "SELECT COUNT(*) AS n FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P7D', 'P0D'))",
    ],
    [
      'SELECT dsp_clicks.campaign, COUNT(*) AS n FROM dsp_clicks AS c GROUP BY 1',
      'SELECT c.campaign, COUNT(*) AS n FROM dsp_clicks AS c GROUP BY 1',
    ],
    [
      'SELECT COUNT(*) AS n FROM dsp_clicks WHERE campaign = "it\'s"',
      "SELECT COUNT(*) AS n FROM dsp_clicks WHERE campaign = 'it''s'",
    ],
    [
      'SELECT DATE_TRUNC(day, click_dt_utc) AS d, COUNT(*) AS n FROM dsp_clicks GROUP BY 1',
      "SELECT DATE_TRUNC('day', click_dt_utc) AS d, COUNT(*) AS n FROM dsp_clicks GROUP BY 1",
    ],
    [
      'SELECT sysdate AS d, COUNT(*) AS n FROM dsp_clicks',
      'SELECT CURRENT_TIMESTAMP AS d, COUNT(*) AS n FROM dsp_clicks',
    ],
    ['SELECT DISTINT campaign FROM dsp_clicks', 'SELECT DISTINCT campaign FROM dsp_clicks'],
  ])('%s', (text, expected) => {
    expect(fixAll(text, catalogue).text).toBe(expected)
    expect(errorsOf(expected)).toEqual([])
  })

  test('what is only alike is only suggested', () => {
    const [found] = analyze('SELECT COUNT(campagin_x) AS n FROM dsp_clicks', catalogue).diagnostics
    expect(found?.fixes?.every(({ suggestion }) => suggestion === true) ?? true).toBe(true)
  })

  test('a WITH part that stands too late, and one that reads itself, are told apart from an unknown table', () => {
    const help = (text: string) => analyze(text, catalogue).diagnostics.find(({ code }) => code === 'AMC009')?.help
    const late =
      'WITH b AS (SELECT campaign FROM a GROUP BY 1), a AS (SELECT campaign FROM dsp_clicks GROUP BY 1) SELECT campaign FROM b'
    expect(help(late)).toBe('The WITH part a must stand before what reads it')
    expect(help('WITH a AS (SELECT campaign FROM a GROUP BY 1) SELECT campaign FROM a')).toBe(
      'A WITH part cannot read itself',
    )
  })

  test('a column of another table says which', () => {
    const [found] = analyze('SELECT SUM(total_purchases) AS n FROM dsp_clicks', catalogue).diagnostics
    expect(found?.help).toMatch(/^total_purchases is a column of amazon_attributed_events_by_conversion_time/)
  })

  test('an ambiguous column offers each table', () => {
    const text = 'SELECT COUNT(campaign) AS n FROM dsp_clicks c INNER JOIN dsp_views v ON c.user_id = v.user_id'
    const [found] = analyze(text, catalogue).diagnostics
    expect(found?.fixes?.map(({ title, suggestion }) => [title, suggestion])).toEqual([
      ['Write c.campaign', true],
      ['Write v.campaign', true],
    ])
  })
})

describe('AMC010', () => {
  test.each([
    ['GETDATE()', 'CURRENT_DATE'],
    ['NOW()', 'CURRENT_TIMESTAMP'],
    ["DATE_DIFF('day', MIN(click_dt), MAX(click_dt))", 'SECONDS_BETWEEN(MIN(click_dt), MAX(click_dt)) / 86400'],
    [
      "1 + DATE_DIFF('hour', MIN(click_dt), MAX(click_dt))",
      '1 + (SECONDS_BETWEEN(MIN(click_dt), MAX(click_dt)) / 3600)',
    ],
    ['DATEDIFF(day, MIN(click_dt), MAX(click_dt))', 'SECONDS_BETWEEN(MIN(click_dt), MAX(click_dt)) / 86400'],
    ['DATEDIFF(MAX(click_date), MIN(click_date))', 'SECONDS_BETWEEN(MIN(click_date), MAX(click_date)) / 86400'],
    ['TIMESTAMP_DIFF(MAX(click_dt), MIN(click_dt), SECOND)', 'SECONDS_BETWEEN(MIN(click_dt), MAX(click_dt))'],
    ["DATE_PART('hour', MAX(click_dt))", 'EXTRACT(HOUR FROM MAX(click_dt))'],
    ['DATE(MAX(click_dt))', 'CAST(MAX(click_dt) AS DATE)'],
    ["STRING_AGG(DISTINCT campaign, '; ')", "ARRAY_TO_STRING(COLLECT(DISTINCT campaign), '; ')"],
    ['GROUP_CONCAT(campaign)', "ARRAY_TO_STRING(COLLECT(campaign), ',')"],
    ["LISTAGG(campaign, ',') WITHIN GROUP (ORDER BY campaign)", "ARRAY_TO_STRING(ARRAY_SORT(COLLECT(campaign)), ',')"],
    ['PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY clicks)', 'PERCENTILE(clicks, 0.5)'],
    ['IIF(SUM(clicks) > 0, 1, 0)', 'IF(SUM(clicks) > 0, 1, 0)'],
    ['SAFE_DIVIDE(SUM(clicks) + 1, COUNT(*))', '(SUM(clicks) + 1) / NULLIF(COUNT(*), 0)'],
    ['SUBSTR(MAX(campaign), 1, 3)', 'SUBSTRING(MAX(campaign) FROM 1 FOR 3)'],
    ["ISNULL(MAX(campaign), LEN('x'))", "COALESCE(MAX(campaign), LENGTH('x'))"],
    ["REGEXP_EXTRACT(MAX(campaign), '[a-z]+')", "REGEXP_SUBSTR(MAX(campaign), '[a-z]+')"],
    ["CONTAINS(MAX(campaign), 'x')", "POSITION('x' IN MAX(campaign)) > 0"],
    ["NOT STARTS_WITH(MAX(campaign), 'x')", "NOT (POSITION('x' IN MAX(campaign)) = 1)"],
    ['POW(SUM(clicks), 2)', 'POWER(SUM(clicks), 2)'],
    ['SUMM(clicks)', 'SUM(clicks)'],
    ["DECODE(MAX(campaign), 'a', 1, 2)", "CASE MAX(campaign) WHEN 'a' THEN 1 ELSE 2 END"],
  ])('%s', (call, expected) => {
    expect(fixAll(`SELECT ${call} AS x FROM dsp_clicks`, catalogue).text).toBe(
      `SELECT ${expected} AS x FROM dsp_clicks`,
    )
  })

  test.each([
    ["SPLIT(campaign, '|')", String.raw`REGEXP_SPLIT(campaign, '\|')`],
    ["DATE_ADD('day', -7, click_date)", "click_date - INTERVAL '7' DAY"],
    ["DATE_SUB(click_date, INTERVAL '7' DAY)", "click_date - INTERVAL '7' DAY"],
    ["LISTAGG(campaign, ',') WITHIN GROUP (ORDER BY line_item)", "ARRAY_TO_STRING(COLLECT(campaign), ',')"],
  ])('%s is only suggested', (call, expected) => {
    const text = `SELECT ${call} AS x FROM dsp_clicks`
    expect(suggested('AMC010', text)).toBe(text.replace(call, () => expected))
    expect(fixAll(text, catalogue).text).toBe(text)
  })
})

describe('AMC013', () => {
  const query = (values: string, names: string) => `WITH t (${names}) AS (VALUES ${values}) SELECT DISTINCT a FROM t`

  test('values of one column stand in rows of their own', () => {
    expect(mended('AMC013', query("('x', 'y', 'z')", 'a'))).toBe(query("('x'), ('y'), ('z')", 'a'))
  })

  test('other widths are suggested', () => {
    expect(suggested('AMC013', query('(1, 2, 3, 4)', 'a, b'))).toBe(query('(1, 2), (3, 4)', 'a, b'))
    expect(suggested('AMC013', query("('x'), ('y')", 'a, b'))).toBe(query("('x', 'y')", 'a, b'))
    expect(suggested('AMC013', query("('x', 1), ('y')", 'a, b'))).toBe(query("('x', 1), ('y', NULL)", 'a, b'))
    expect(suggested('AMC013', query("('x'), (2)", 'a'))).toBe(query("('x'), ('2')", 'a'))
  })
})

describe('AMC014', () => {
  const first = 'SELECT campaign, SUM(clicks) AS n, COUNT(*) AS k FROM dsp_clicks GROUP BY campaign UNION ALL '

  test('what the names show to be missing is NULL in its place', () => {
    expect(mended('AMC014', `${first}SELECT campaign, COUNT(*) AS k FROM dsp_views GROUP BY campaign`)).toBe(
      `${first}SELECT campaign, NULL AS n, COUNT(*) AS k FROM dsp_views GROUP BY campaign`,
    )
  })

  test('the first branch is filled where it is the narrower one', () => {
    const text =
      "SELECT campaign FROM dsp_clicks GROUP BY campaign UNION ALL SELECT campaign, 'x' AS kind FROM dsp_views GROUP BY campaign"
    expect(mended('AMC014', text)).toContain('SELECT campaign, NULL AS kind FROM dsp_clicks')
  })

  test('without names to go by it is only suggested', () => {
    const text = `${first}SELECT advertiser, MAX(event_type) FROM dsp_views GROUP BY 1`
    expect(suggested('AMC014', text)).toBe(text.replace('MAX(event_type)', 'MAX(event_type), NULL'))
  })

  test('columns in another order are put into that of the first branch', () => {
    expect(
      mended(
        'AMC014',
        `${first}SELECT COUNT(*) AS k, campaign, SUM(total_cost) AS n FROM dsp_impressions GROUP BY campaign`,
      ),
    ).toBe(`${first}SELECT campaign, SUM(total_cost) AS n, COUNT(*) AS k FROM dsp_impressions GROUP BY campaign`)
  })
})

test.each([
  ["EXTEND_TIME_WINDOW(dsp_clicks, 28, '7 days')", "EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P7D')"],
  ["TABLE(EXTEND_TIME_WINDOW('dsp_clicks', '4W', 'P0'))", "TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P0D'))"],
  ["TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D'))", "TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P0D'))"],
  ["EXTEND_TIME_WINDOW('dsp_clicks', 'P28D') AS c", "EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P0D') AS c"],
])('AMC015: %s', (text, expected) => {
  expect(fixAll(`SELECT COUNT(*) AS n FROM ${text}`, catalogue).text).toBe(`SELECT COUNT(*) AS n FROM ${expected}`)
  expect(errorsOf(`SELECT COUNT(*) AS n FROM ${expected}`)).toEqual([])
})

describe('AMC016 and AMC017', () => {
  test.each([
    [
      'SELECT clicks + 1 AS c, c * 2 AS d, COUNT(*) AS n FROM dsp_clicks WHERE c > 1 GROUP BY 1, 2',
      'SELECT clicks + 1 AS c, (clicks + 1) * 2 AS d, COUNT(*) AS n FROM dsp_clicks WHERE (clicks + 1) > 1 GROUP BY 1, 2',
    ],
    [
      'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE n > 1 AND line_item IS NULL GROUP BY 1',
      'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE line_item IS NULL GROUP BY 1 HAVING n > 1',
    ],
    [
      'SELECT SUM(clicks) AS n FROM dsp_clicks WHERE SUM(clicks) > 1',
      'SELECT SUM(clicks) AS n FROM dsp_clicks HAVING SUM(clicks) > 1',
    ],
    [
      'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE (SUM(clicks) > 1 OR COUNT(*) > 2) AND line_item IS NULL GROUP BY 1 HAVING n < 9 OR n > 99',
      'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE line_item IS NULL GROUP BY 1 HAVING (n < 9 OR n > 99) AND (SUM(clicks) > 1 OR COUNT(*) > 2)',
    ],
    [
      'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY campaign, n',
      'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY campaign',
    ],
  ])('%s', (text, expected) => {
    const fixed = fixAll(text, catalogue).text
    expect(errorsOf(expected)).toEqual([])
    expect(fixed).toBe(expected)
  })

  test('aliases that stand for each other are not written out for ever', () => {
    const text = 'SELECT a + a AS b, b + b AS a, COUNT(*) AS n FROM dsp_clicks GROUP BY 1, 2'
    expect(fixAll(text, catalogue).text).toBe(text)
  })
})

describe('AMC022', () => {
  test('the limit becomes a filter on the number of the row, for any body', () => {
    const text =
      'SELECT DISTINCT campaign AS c FROM dsp_clicks UNION SELECT campaign FROM dsp_views ORDER BY 1 DESC LIMIT 5 OFFSET 2'
    const mendedText = suggested('AMC022', text) ?? ''
    expect(mendedText).toMatch(/ROW_NUMBER\(\) OVER \(ORDER BY c DESC\) AS row_rank/)
    expect(mendedText).toMatch(/WHERE row_rank > 2 AND row_rank <= 2 \+ 5$/)
    expect(errorsOf(mendedText)).toEqual([])
  })

  test('an order inside goes, the one at the end is only suggested to go', () => {
    const part =
      'WITH a AS (SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1 ORDER BY 2) SELECT campaign, n FROM a'
    expect(mended('AMC022', part)).toBe(part.replace(' ORDER BY 2', ''))
    const end = 'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1 ORDER BY n'
    expect(mended('AMC022', end)).toBeNull()
    expect(suggested('AMC022', end)).toBe(end.replace(' ORDER BY n', ''))
  })

  test('columns without a name, and an order by something else, have no rewriting', () => {
    expect(suggested('AMC022', 'SELECT campaign, COUNT(*) FROM dsp_clicks GROUP BY 1 ORDER BY 2 LIMIT 5')).toBeNull()
    expect(
      suggested('AMC022', 'SELECT campaign, COUNT(*) AS n FROM dsp_clicks GROUP BY 1 ORDER BY SUM(clicks) LIMIT 5'),
    ).toBeNull()
  })
})

test.each([
  ['AMC021', "click_dt_utc >= '2025-07-15T00:00:00Z'", "click_dt_utc >= '2025-07-15T00:00:00'"],
  [
    'AMC021',
    "click_dt_utc >= TIMESTAMP '2025-07-15 00:30:00.5+02:00'",
    "click_dt_utc >= TIMESTAMP '2025-07-14 22:30:00.5'",
  ],
  ['AMC021', "click_dt_utc >= '2025-07-15 00:00-0330'", "click_dt_utc >= '2025-07-15 03:30'"],
  ['AMC032', 'campaign = NULL', 'campaign IS NULL'],
  ['AMC032', 'NULL != (line_item)', '(line_item) IS NOT NULL'],
  ['AMC032', 'campaign=NULL', 'campaign IS NULL'],
  ['AMC026', 'clicks / (clicks - 1) > 2', 'clicks / NULLIF(clicks - 1, 0) > 2'],
])('%s: %s', (code, condition, expected) => {
  const text = (where: string) => `SELECT COUNT(*) AS n FROM dsp_clicks WHERE ${where}`
  expect(mended(code, text(condition))).toBe(text(expected))
})

describe('types', () => {
  test.each([
    ['CAST(MAX(campaign) AS TEXT)', 'CAST(MAX(campaign) AS CHAR)'],
    ['CAST(MAX(clicks) AS INT64)', 'CAST(MAX(clicks) AS BIGINT)'],
  ])('%s', (text, expected) => {
    expect(mended('invalid', `SELECT ${text} AS x FROM dsp_clicks`)).toBe(`SELECT ${expected} AS x FROM dsp_clicks`)
  })

  test('conditions, alternatives and joins that want a choice', () => {
    expect(suggested('invalid', 'SELECT COUNT(*) AS n FROM dsp_clicks WHERE clicks')).toMatch(/WHERE clicks <> 0$/)
    expect(suggested('invalid', "SELECT MAX(IF(clicks > 1, 'many', clicks)) AS x FROM dsp_clicks")).toContain(
      "IF(clicks > 1, 'many', CAST(clicks AS CHAR))",
    )
    expect(suggested('invalid', 'SELECT COUNT(*) AS n FROM dsp_clicks c JOIN dsp_views v')).toContain(
      'c CROSS JOIN dsp_views v',
    )
  })
})
