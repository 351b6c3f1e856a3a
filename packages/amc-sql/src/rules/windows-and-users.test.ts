import { expect, test } from 'vitest'
import { findingsOf, marked } from '../../test/findings.ts'
import { analyze } from '../../test/judged.ts'
import { applyEdits } from '../index.ts'
import { catalogue } from '../../test/catalogue.ts'

const read = (where: string, from = 'dsp_impressions') =>
  `SELECT campaign, SUM(impressions) AS n FROM ${from} WHERE ${where} GROUP BY campaign`
const july = {
  window: { start: '2025-07-01T00:00:00', end: '2025-08-01T00:00:00' },
  now: new Date('2025-10-01T00:00:00Z'),
}

test('AMC023: a filter on the time of the table that is only a date, by its day, cast or cut', () => {
  expect(marked('AMC023', read("impression_dt_utc >= '2025-07-01' AND campaign = 'a'"))).toEqual([
    "impression_dt_utc >= '2025-07-01'",
  ])
  for (const condition of [
    "CAST(impression_dt_utc AS DATE) >= DATE '2025-07-01'",
    "DATE_TRUNC('day', impression_dt_utc) < '2025-08-01'",
    "impression_date_utc BETWEEN '2025-07-01' AND '2025-07-31'",
    "impression_dt_utc < BUILT_IN_PARAMETER('TIME_WINDOW_END')",
    "CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE) <= impression_dt_utc",
  ])
    expect(marked('AMC023', read(condition)), condition).toEqual([condition])
})

test('AMC023: other columns, comparisons of two columns and tables that are read further are fine', () => {
  for (const condition of [
    "campaign_start_date > '2025-07-01'",
    'impression_dt_utc > campaign_start_date',
    "impression_dt_utc = '2025-07-01'",
    "impression_dt_utc > BUILT_IN_PARAMETER('TIME_WINDOW_END')",
    "(impression_dt_utc >= '2025-07-01' OR campaign = 'a')",
  ])
    expect(marked('AMC023', read(condition)), condition).toEqual([])
  const wide = "TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D'))"
  expect(marked('AMC023', read("impression_dt_utc < BUILT_IN_PARAMETER('TIME_WINDOW_START')", wide))).toEqual([])
  expect(marked('AMC023', read("impression_dt_utc >= '2025-07-01'", wide))).toEqual([])
})

test('AMC023: periods that are compared with each other, or a part with the whole, are meant', () => {
  const part = (name: string, where: string) => `${name} AS (${read(where)})`
  const join = 'SELECT a.campaign, a.n AS before_n, b.n AS after_n FROM a INNER JOIN b ON a.campaign = b.campaign'
  const periods = `WITH ${part('a', "impression_dt_utc < '2025-07-10'")}, ${part('b', "impression_dt_utc >= '2025-07-20'")} ${join}`
  expect(marked('AMC023', periods)).toEqual([])
  const whole = `WITH ${part('a', "impression_dt_utc < '2025-07-10'")}, ${part('b', "campaign <> 'a'")} ${join}`
  expect(marked('AMC023', whole)).toEqual([])
})

test('AMC023: with the window of the run only what it covers anyway is marked, and the fix needs no choice', () => {
  const marks = (where: string) => marked('AMC023', read(where), { run: july })
  expect(marks("impression_dt_utc >= '2025-07-01' AND impression_dt_utc < '2025-08-01'")).toHaveLength(2)
  expect(marks("impression_dt_utc >= '2025-07-15'")).toEqual([])
  expect(marks("impression_dt_utc BETWEEN '2025-06-01' AND '2025-08-02'")).toHaveLength(1)
  const text = read("impression_dt_utc >= '2025-07-01' AND impression_dt_utc < '2025-08-01' AND campaign = 'a'")
  const [fix] = findingsOf('AMC023', text, { run: july })[0]?.fixes ?? []
  expect(fix?.suggestion).toBeUndefined()
  expect(applyEdits(text, fix?.edits ?? [])).toBe(read("campaign = 'a'"))
})

const perUser = (
  where = '',
) => `WITH u AS (SELECT user_id, SUM(impressions) AS n FROM dsp_impressions${where} GROUP BY user_id)
SELECT n, COUNT(DISTINCT user_id) AS users FROM u GROUP BY n`

test('AMC024: rows grouped by the user, with the filter as the fix', () => {
  expect(marked('AMC024', perUser())).toEqual(['user_id'])
  const [found] = findingsOf('AMC024', perUser())
  expect(applyEdits(perUser(), found?.fixes?.[0]?.edits ?? [])).toBe(perUser(' WHERE user_id IS NOT NULL'))
  const either = perUser(" WHERE campaign = 'a' OR campaign = 'b'")
  const [second] = findingsOf('AMC024', either)
  expect(applyEdits(either, second?.fixes?.[0]?.edits ?? [])).toBe(
    perUser(" WHERE (campaign = 'a' OR campaign = 'b') AND user_id IS NOT NULL"),
  )
})

test.each([
  ' WHERE user_id IS NOT NULL',
  " WHERE campaign = 'a' AND (user_id IS NOT NULL AND clicks > 0)",
  ' WHERE user_id IN (SELECT user_id FROM dsp_clicks)',
])('AMC024: a filter of any kind is enough:%s', (where) => {
  expect(marked('AMC024', perUser(where.replace('clicks > 0', 'impressions > 0')))).toEqual([])
})

test('AMC024: the filter of a WITH part, of every branch of a union and of an inner join holds further out', () => {
  const clean = 'SELECT user_id, impressions AS n FROM dsp_impressions WHERE user_id IS NOT NULL'
  const open = 'SELECT user_id, clicks FROM dsp_clicks'
  const count = (parts: string) =>
    `WITH e AS (${parts}), u AS (SELECT user_id, SUM(n) AS n FROM e GROUP BY user_id) SELECT n, COUNT(user_id) AS users FROM u GROUP BY n`
  expect(marked('AMC024', count(clean))).toEqual([])
  expect(marked('AMC024', count(`${clean} UNION ALL ${open} WHERE user_id IS NOT NULL`))).toEqual([])
  expect(marked('AMC024', count(`${clean} UNION ALL ${open}`))).toEqual(['user_id'])
  const joined = `WITH u AS (SELECT i.user_id, SUM(c.clicks) AS n FROM dsp_impressions i INNER JOIN dsp_clicks c
    ON i.user_id = c.user_id GROUP BY i.user_id) SELECT n, COUNT(user_id) AS users FROM u GROUP BY n`
  expect(marked('AMC024', joined)).toEqual([])
})

test('AMC024: the kept side of an outer join; once, where the rows come from', () => {
  const parts = (where: string) => `WITH a AS (SELECT user_id FROM dsp_impressions${where}),
    b AS (SELECT DISTINCT user_id FROM dsp_clicks WHERE user_id IS NOT NULL)`
  const left = 'SELECT COUNT(DISTINCT a.user_id) AS users FROM a LEFT JOIN b ON a.user_id = b.user_id'
  expect(marked('AMC024', `${parts('')} ${left}`)).toEqual(['a.user_id'])
  expect(marked('AMC024', `${parts(' WHERE user_id IS NOT NULL')} ${left}`)).toEqual([])
  expect(marked('AMC024', `${parts('')} ${left.replace('LEFT', 'INNER')}`)).toEqual([])
  expect(
    marked(
      'AMC024',
      `${parts('')} SELECT COUNT(DISTINCT b.user_id) AS users FROM b LEFT JOIN a ON a.user_id = b.user_id`,
    ),
  ).toEqual([])
  expect(marked('AMC024', `${parts('')} ${left.replace('LEFT', 'FULL OUTER')}`)).toEqual(['a.user_id'])
  const grouped = parts(' GROUP BY user_id')
  expect(marked('AMC024', `${grouped} ${left}`)).toEqual(['user_id'])
})

test('AMC024: counting different users needs no filter', () => {
  expect(
    marked('AMC024', 'SELECT campaign, COUNT(DISTINCT user_id) AS users FROM dsp_impressions GROUP BY campaign'),
  ).toEqual([])
})

test('a chain of 5,000 WITH parts is no deep recursion', () => {
  const parts = Array.from({ length: 5_000 }, (_, at) => `p${at + 1} AS (SELECT user_id FROM p${at})`)
  const text = `WITH p0 AS (SELECT user_id FROM dsp_clicks), ${parts.join(', ')}, u AS (SELECT user_id FROM p5000 GROUP BY 1) SELECT COUNT(user_id) AS users FROM u`
  expect(analyze(text, catalogue).diagnostics.map(({ code }) => code)).toContain('AMC024')
})

test('AMC037: behind a WITH part each person can be in several rows, unless its other keys are grouped by', () => {
  const text = (
    keys: string,
    outer: string,
  ) => `WITH u AS (SELECT user_id, ${keys} FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id, ${keys})
    SELECT ${outer}, COUNT(user_id) AS users FROM u GROUP BY ${outer}`
  expect(marked('AMC037', text('campaign', 'campaign'))).toEqual([])
  expect(marked('AMC037', text('campaign, line_item', 'campaign'))).toEqual(['COUNT(user_id)'])
  expect(marked('AMC037', text('campaign, line_item', 'line_item, campaign'))).toEqual([])
  expect(marked('AMC037', 'SELECT COUNT(user_id) AS events FROM dsp_clicks')).toEqual([])
})
