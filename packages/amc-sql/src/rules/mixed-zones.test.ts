import { expect, test } from 'vitest'
import { findingsOf, marked, mended } from '../../test/findings.ts'

const code = 'AMC036'
const events = 'amazon_attributed_events_by_conversion_time'

test('a local time against UTC: SECONDS_BETWEEN, comparison, BETWEEN', () => {
  const seconds = `SELECT AVG(SECONDS_BETWEEN(impression_dt, conversion_event_dt_utc)) AS s FROM ${events}`
  expect(findingsOf(code, seconds)).toMatchObject([
    {
      severity: 'warning',
      message: 'conversion_event_dt_utc is in UTC, but impression_dt is in the advertiser’s time zone',
    },
  ])
  expect(mended(code, seconds)).toBe(seconds.replace('impression_dt,', 'impression_dt_utc,'))
  expect(marked(code, `SELECT COUNT(*) AS n FROM ${events} WHERE click_dt < conversion_event_dt_utc`)).toEqual([
    'click_dt < conversion_event_dt_utc',
  ])
  expect(
    marked(
      code,
      `SELECT COUNT(*) AS n FROM ${events} WHERE click_dt_utc BETWEEN impression_dt AND conversion_event_dt_utc`,
    ),
  ).toHaveLength(1)
})

test('through WITH parts, aliases, MIN, CAST and DATE_TRUNC', () => {
  const text = `WITH t AS (SELECT user_id, MIN(impression_dt) AS seen FROM dsp_impressions GROUP BY user_id),
    c AS (SELECT user_id, event_dt_utc AS bought FROM conversions)
    SELECT COUNT(DISTINCT t.user_id) AS n FROM t INNER JOIN c ON c.user_id = t.user_id AND t.seen < c.bought`
  expect(marked(code, text)).toEqual(['t.seen < c.bought'])
  const cast = `SELECT COUNT(*) AS n FROM ${events} WHERE CAST(click_dt AS DATE) = DATE_TRUNC('DAY', conversion_event_dt_utc)`
  expect(mended(code, cast)).toContain('CAST(click_dt_utc AS DATE)')
})

test('two zones in one column of a union', () => {
  const text = `WITH p AS (SELECT user_id, impression_dt AS dt FROM dsp_impressions
    UNION ALL SELECT user_id, event_dt_utc AS dt FROM sponsored_ads_traffic)
    SELECT COUNT(DISTINCT user_id) AS n, MIN(dt) AS dt FROM p`
  expect(marked(code, text)).toEqual(['event_dt_utc AS dt'])
  expect(mended(code, text)).toContain('SELECT user_id, impression_dt_utc AS dt FROM dsp_impressions')
})

test('a local time is not converted from UTC again', () => {
  const text = "SELECT MAX(CONVERT_TIME_ZONE_FROM_UTC(impression_dt, 'America/New_York')) AS t FROM dsp_impressions"
  expect(marked(code, text)).toEqual(['impression_dt'])
  expect(marked(code, text.replace('impression_dt', 'impression_dt_utc'))).toEqual([])
})

test('a column that is also grouped by is left to a person', () => {
  const text = `SELECT impression_dt, COUNT(*) AS n FROM ${events} WHERE impression_dt < conversion_event_dt_utc GROUP BY impression_dt`
  expect(findingsOf(code, text)[0]?.fixes).toMatchObject([{ suggestion: true }])
})

test('one zone on both sides, and times of no known zone, are silent', () => {
  for (const condition of [
    'impression_dt < conversion_event_dt',
    'impression_dt_utc < conversion_event_dt_utc',
    "impression_dt >= CAST('2026-05-01' AS DATE)",
    "impression_dt_utc >= BUILT_IN_PARAMETER('TIME_WINDOW_START')",
    'SECONDS_BETWEEN(click_dt, conversion_event_dt) + SECONDS_BETWEEN(click_dt_utc, conversion_event_dt_utc) > 5',
    "CONVERT_TIME_ZONE_FROM_UTC(impression_dt_utc, 'UTC') < conversion_event_dt",
    'conversion_event_hour_utc = impression_hour_utc',
  ])
    expect(marked(code, `SELECT COUNT(*) AS n FROM ${events} WHERE ${condition}`), condition).toEqual([])
  expect(
    marked(
      code,
      'SELECT COUNT(*) AS n FROM ncs_cpg_insights_stream n INNER JOIN conversions c ON c.event_dt_utc > n.week_end_dt',
    ),
  ).toEqual([])
})
