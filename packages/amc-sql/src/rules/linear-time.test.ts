import { expect, test } from 'vitest'
import { catalogue } from '../../test/catalogue.ts'
import { growthOfTime } from '../../test/growth-of-time.ts'
import { analyze } from '../../test/judged.ts'

const list = (count: number, member: (at: number) => string, between = ', '): string =>
  Array.from({ length: count }, (_, at) => member(at)).join(between)

const shapes: Readonly<Record<string, (count: number) => string>> = {
  'users shown': (count) => `SELECT ${list(count, (at) => `user_id AS u${at}`)} FROM dsp_impressions`,
  'users shown by a detour': (count) => `SELECT ${list(count, (at) => `MAX(user_id) AS u${at}`)} FROM dsp_impressions`,
  'amounts of money': (count) => `SELECT ${list(count, (at) => `SUM(total_cost) AS c${at}`)} FROM dsp_impressions`,
  'columns that nobody reads': (count) =>
    `WITH a AS (SELECT ${list(count, (at) => `SUM(clicks) AS c${at}`)} FROM dsp_clicks) SELECT c0 FROM a`,
  'parts that nobody reads': (count) =>
    `WITH ${list(count, (at) => `p${at} AS (SELECT COUNT(*) AS n FROM dsp_clicks)`)} SELECT n FROM p0`,
  'columns beside a total': (count) =>
    `SELECT ${list(count, (at) => `campaign AS c${at}`)}, SUM(clicks) AS clicks FROM dsp_clicks`,
  'filters on postal codes': (count) =>
    `SELECT SUM(clicks) AS clicks FROM dsp_clicks WHERE ${list(count, (at) => `postal_code = '${at}'`, ' OR ')}`,
}

test('the time of the rules is linear: eight times the text takes about eight times as long', () => {
  const slow: string[] = []
  for (const [name, shape] of Object.entries(shapes)) {
    const growth = growthOfTime((text) => analyze(text, catalogue), shape(500), shape(4_000), 4)
    if (growth >= 4) slow.push(`${name}: ${growth} times as long as in pieces`)
  }
  expect(slow).toEqual([])
})
