import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Database, type Row } from '../../test/duckdb.ts'
import { eventSchema } from '../../test/schema.ts'
import type { LowerOptions } from '../lower/lower.ts'

let db: Database

beforeAll(async () => {
  db = await openDatabase(eventSchema)
})
afterAll(() => db.close())

const removeRows: LowerOptions['privacy'] = { behavior: 'REMOVE_ROWS' }
const removeValues: LowerOptions['privacy'] = {
  behavior: 'REMOVE_VALUES',
  discriminatorColumn: 'filtered',
  userCountColumn: 'du_count',
  reasonColumn: 'reason',
}

interface Event {
  campaign?: string
  device?: string
  postal?: string
  /** Distinct users, each with one event; 0 makes one event of an unknown user. */
  users: number
  firstUser?: number
  impressions?: number
  clicks?: number
}

async function fill(table: 'views' | 'taps', events: readonly Event[]): Promise<void> {
  await db.sql(`DELETE FROM synthetic.main.${table}`)
  for (const {
    campaign = 'c',
    device = 'PC',
    postal = 'US',
    users,
    firstUser = 1,
    impressions = 0,
    clicks = 0,
  } of events)
    await db.sql(
      `INSERT INTO synthetic.main.${table} (user_id, campaign, device_type, postal_code, event_dt_utc, impressions, clicks) ` +
        `SELECT ${users === 0 ? 'NULL' : `i + ${firstUser}`}, '${campaign}', '${device}', '${postal}', '2026-05-05', ` +
        // The whole total lies on the first user, but for 1 on each of the others.
        `CASE WHEN i = 0 THEN ${impressions} - ${impressions === 0 ? 0 : Math.max(users, 1) - 1} ELSE ${impressions === 0 ? 0 : 1} END, ` +
        `CASE WHEN i = 0 THEN ${clicks} - ${clicks === 0 ? 0 : Math.max(users, 1) - 1} ELSE ${clicks === 0 ? 0 : 1} END ` +
        `FROM range(${Math.max(users, 1)}) AS t(i)`,
    )
}

function sorted(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
}

/** The example of Amazon's guide: users of impressions and of clicks per device and postal code. */
async function fillGuideExample(): Promise<void> {
  await fill('views', [
    { device: 'iPhone', postal: '11111', users: 50, impressions: 1100 },
    { device: 'Android', postal: '22222', users: 30, impressions: 200 },
    { device: 'Android', postal: '33333', users: 133, impressions: 1300 },
    { device: 'Android', postal: '44444', users: 108, impressions: 1700 },
  ])
  await fill('taps', [
    { device: 'iPhone', postal: '11111', users: 13, clicks: 300 },
    { device: 'Android', postal: '22222', users: 8, clicks: 100 },
    { device: 'Android', postal: '33333', users: 87, clicks: 500 },
    { device: 'Android', postal: '44444', users: 359, clicks: 700 },
  ])
}

const guideQuery =
  'WITH t AS (SELECT device_type, postal_code, user_id, impressions, 0 AS clicks FROM views ' +
  'UNION ALL SELECT device_type, postal_code, user_id, 0 AS impressions, clicks FROM taps) ' +
  'SELECT SUM(impressions) AS impressions, SUM(clicks) AS clicks, device_type, postal_code FROM t GROUP BY 3, 4'

const guideRemoved = [
  { impressions: '1100', clicks: '300', device_type: 'iPhone', postal_code: null, filtered: true, du_count: '13' },
  { impressions: '1500', clicks: '600', device_type: 'Android', postal_code: null, filtered: true, du_count: '8' },
  {
    impressions: '1700',
    clicks: '700',
    device_type: 'Android',
    postal_code: '44444',
    filtered: false,
    du_count: '100',
  },
]

test('the worked example of Amazon’s guide, rows removed', async () => {
  await fillGuideExample()
  expect(await db.amc(guideQuery, { privacy: removeRows })).toEqual([
    { impressions: '1700', clicks: '700', device_type: 'Android', postal_code: '44444' },
  ])
})

test('the worked example of Amazon’s guide, values removed and merged', async () => {
  await fillGuideExample()
  const rows = sorted(await db.amc(guideQuery, { privacy: removeValues }))
  expect(rows).toMatchObject(guideRemoved)
  expect(rows.map((row) => row['reason'])).toEqual([
    "13 'taps' users < 100 required",
    "8 'taps' users < 100 required",
    null,
  ])
})

test('the same example after aggregation in WITH parts, joined: the users are carried along', async () => {
  await fillGuideExample()
  const query =
    'WITH v AS (SELECT device_type, postal_code, SUM(impressions) AS impressions FROM views GROUP BY 1, 2), ' +
    't AS (SELECT device_type, postal_code, SUM(clicks) AS clicks FROM taps GROUP BY 1, 2) ' +
    'SELECT impressions, clicks, v.device_type, v.postal_code FROM v JOIN t ON v.device_type = t.device_type AND v.postal_code = t.postal_code'
  expect(sorted(await db.amc(query, { privacy: removeValues }))).toMatchObject(guideRemoved)
})

test('users count per metric: one table whose clicks come from fewer users', async () => {
  await fill('views', [
    { postal: '33333', users: 87, impressions: 1000, clicks: 500 },
    { postal: '33333', users: 46, firstUser: 88, impressions: 300 },
    { postal: '44444', users: 133, impressions: 1300 },
  ])
  const query = 'SELECT postal_code, SUM(impressions) AS impressions, SUM(clicks) AS clicks FROM views GROUP BY 1'
  expect(sorted(await db.amc(query, { privacy: removeValues }))).toEqual([
    // A metric without any total in a row says nothing about it.
    { postal_code: '44444', impressions: '1300', clicks: '0', filtered: false, du_count: '100', reason: null },
    {
      postal_code: null,
      impressions: '1300',
      clicks: '500',
      filtered: true,
      du_count: '87',
      reason: "87 'views' effective users < 100 required",
    },
  ])
})

test('users per metric survive a WITH part, and count only where the metric comes out', async () => {
  await fill('views', [
    { postal: '33333', users: 87, impressions: 1000, clicks: 500 },
    { postal: '33333', users: 46, firstUser: 88, impressions: 300 },
  ])
  const part = 'WITH p AS (SELECT postal_code, SUM(impressions) AS i, SUM(clicks) AS c FROM views GROUP BY 1) '
  expect(await db.amc(`${part}SELECT postal_code, i, c FROM p`, { privacy: removeRows })).toEqual([])
  expect(await db.amc(`${part}SELECT postal_code, i / c AS r FROM p`, { privacy: removeRows })).toEqual([])
  expect(await db.amc(`${part}SELECT postal_code, SUM(c) AS c FROM p GROUP BY 1`, { privacy: removeRows })).toEqual([])
  expect(await db.amc(`${part}SELECT postal_code, i FROM p`, { privacy: removeRows })).toHaveLength(1)
})

test('the threshold is that of the strictest output column; without any, every row comes out', async () => {
  await fill('views', [
    { campaign: 'one', postal: 'a', users: 1, impressions: 1 },
    { campaign: 'two', postal: 'b', users: 2, impressions: 2 },
    { campaign: 'many', postal: 'c', users: 100, impressions: 100 },
  ])
  const grouped = async (column: string) =>
    (await db.amc(`SELECT ${column} AS k, SUM(impressions) AS n FROM views GROUP BY 1`, { privacy: removeRows }))
      .map((row) => String(row['k']))
      .toSorted()
  expect(await grouped('campaign')).toEqual(['many', 'two'])
  expect(await grouped('postal_code')).toEqual(['c'])
  expect(await grouped('CONCAT(campaign, postal_code)')).toEqual(['manyc'])
  expect(
    await db.amc('SELECT SUM(impressions) AS n FROM views GROUP BY campaign', { privacy: removeRows }),
  ).toHaveLength(3)
})

test('LOW columns keep their value in a row that loses a HIGH one', async () => {
  await fill('views', [
    { campaign: 'few', postal: 'a', users: 50, impressions: 50 },
    { campaign: 'lone', postal: 'b', users: 1, impressions: 5 },
  ])
  const query = 'SELECT campaign, postal_code, SUM(impressions) AS n FROM views GROUP BY 1, 2'
  expect(sorted(await db.amc(query, { privacy: removeValues }))).toMatchObject([
    { campaign: 'few', postal_code: null, n: '50', filtered: true, du_count: '50' },
    { campaign: null, postal_code: null, n: '5', filtered: true, du_count: '1' },
  ])
})

test('events without a user add to the metrics and never to the users', async () => {
  await fill('views', [
    { campaign: 'a', users: 1, impressions: 3 },
    { campaign: 'a', users: 0, impressions: 40 },
    { campaign: 'b', users: 2, impressions: 7 },
    { campaign: 'b', users: 0, impressions: 10 },
    { campaign: 'nobody', users: 0, impressions: 10 },
  ])
  const query = 'SELECT campaign, SUM(impressions) AS n FROM views GROUP BY 1'
  expect(await db.amc(query, { privacy: removeRows })).toEqual([{ campaign: 'b', n: '17' }])
  const reasons = (await db.amc(query, { privacy: removeValues })).map((row) => row['reason'])
  expect(reasons).toContain("0 'views' users < 2 required")
})

test('a grouping with one user per row returns nothing', async () => {
  await fill('views', [{ users: 30, impressions: 30 }])
  await db.sql(`UPDATE synthetic.main.views SET line_item = 'l' || user_id`)
  expect(
    await db.amc('SELECT line_item, SUM(impressions) AS n FROM views GROUP BY 1', { privacy: removeRows }),
  ).toEqual([])
})

test('rows of one user that are grouped again count their users', async () => {
  await fill('views', [
    { campaign: 'a', users: 1, impressions: 3 },
    { campaign: 'b', users: 2, impressions: 8 },
  ])
  const query =
    'WITH u AS (SELECT user_id, campaign, SUM(impressions) AS n FROM views GROUP BY 1, 2) ' +
    'SELECT campaign, COUNT(DISTINCT user_id) AS users, SUM(n) AS n, MAX(n) AS most FROM u GROUP BY 1'
  expect(await db.amc(query, { privacy: removeRows })).toEqual([{ campaign: 'b', users: '2', n: '8', most: '7' }])
})

test('a source that is read twice names its path in the reason', async () => {
  await fill('views', [{ campaign: 'a', users: 3, impressions: 3 }])
  await fill('taps', [{ campaign: 'a', users: 1, clicks: 1 }])
  const query =
    'WITH v AS (SELECT campaign, SUM(impressions) AS i FROM views GROUP BY 1), t AS (SELECT campaign, SUM(clicks) AS c FROM taps GROUP BY 1) ' +
    'SELECT v.campaign, i, c, x.n FROM v JOIN t ON v.campaign = t.campaign ' +
    'JOIN (SELECT campaign, COUNT(*) AS n FROM views WHERE user_id IS NOT NULL AND impressions = 1 AND clicks = 0 GROUP BY 1) x ON x.campaign = v.campaign'
  const one = await db.amc(query, { privacy: removeValues })
  expect(one.map((row) => row['reason'])).toEqual(["1 'taps' users < 2 required"])
  await db.sql(`DELETE FROM synthetic.main.views WHERE user_id > 1`)
  const two = await db.amc(query.replace('JOIN t ON v.campaign = t.campaign', 'CROSS JOIN t'), {
    privacy: removeValues,
  })
  expect(two.map((row) => row['reason'])).toEqual(["1 'views' (path 1 of 2) users < 2 required"])
})

test('branches of a union fill their own path only', async () => {
  await fill('views', [{ campaign: 'a', users: 2, impressions: 5 }])
  await fill('taps', [{ campaign: 'b', users: 1, clicks: 5 }])
  const query =
    'SELECT campaign, SUM(impressions) AS n FROM views GROUP BY 1 UNION ALL SELECT campaign, SUM(clicks) FROM taps GROUP BY 1'
  expect(await db.amc(query, { privacy: removeRows })).toEqual([{ campaign: 'a', n: '5' }])
})

test('distinct rows and UNION count the users of all equal rows', async () => {
  await fill('views', [
    { campaign: 'a', users: 1, impressions: 1 },
    { campaign: 'a', users: 1, firstUser: 2, impressions: 1 },
    { campaign: 'b', users: 1, impressions: 1 },
  ])
  await fill('taps', [{ campaign: 'b', users: 1, firstUser: 9, clicks: 1 }])
  expect(await db.amc('SELECT DISTINCT campaign FROM views', { privacy: removeRows })).toEqual([{ campaign: 'a' }])
  const union = 'SELECT campaign FROM views GROUP BY 1 UNION SELECT campaign FROM taps GROUP BY 1'
  expect(await db.amc(union, { privacy: removeRows })).toEqual([{ campaign: 'a' }])
})

test('join by user: a row grouped by the kept side’s user belongs to one user on both sides', async () => {
  await fill('views', [{ campaign: 'a', users: 5, impressions: 5 }])
  await fill('taps', [{ campaign: 'a', users: 3, clicks: 3 }])
  const query =
    'WITH p AS (SELECT v.user_id, v.campaign, SUM(v.impressions) AS i, SUM(t.clicks) AS c FROM views v ' +
    'LEFT JOIN taps t ON v.user_id = t.user_id GROUP BY 1, 2) ' +
    'SELECT campaign, COUNT(DISTINCT user_id) AS users, SUM(i) AS i, SUM(c) AS c FROM p GROUP BY 1'
  expect(await db.amc(query, { privacy: removeValues })).toEqual([
    { campaign: 'a', users: '5', i: '5', c: '3', filtered: false, du_count: '2', reason: null },
  ])
  const full = query.replace('v.user_id, v', 'COALESCE(v.user_id, t.user_id) AS user_id, v').replace('LEFT', 'FULL')
  expect(await db.amc(full, { privacy: removeRows })).toEqual([{ campaign: 'a', users: '5', i: '5', c: '3' }])
})

test('a query that reads no users has no threshold, and its extra columns say so', async () => {
  await db.sql(`DELETE FROM synthetic.main.segments`)
  await db.sql(`INSERT INTO synthetic.main.segments VALUES ('s', 'One')`)
  expect(await db.amc('SELECT segment, segment_name FROM segments', { privacy: removeValues })).toEqual([
    { segment: 's', segment_name: 'One', filtered: false, du_count: null, reason: null },
  ])
})

test('rows that kept all their values are not merged, even when they are equal', async () => {
  await fill('views', [
    { campaign: 'a', device: 'PC', users: 2, impressions: 5 },
    { campaign: 'a', device: 'TV', users: 2, impressions: 5 },
  ])
  const query = 'SELECT campaign, SUM(impressions) AS n FROM views GROUP BY campaign, device_type'
  expect(await db.amc(query, { privacy: removeValues })).toMatchObject([
    { campaign: 'a', n: '5', filtered: false },
    { campaign: 'a', n: '5', filtered: false },
  ])
})

test('the order of the query holds after the thresholds', async () => {
  await fill('views', [
    { campaign: 'a', users: 2, impressions: 5 },
    { campaign: 'b', users: 3, impressions: 9 },
    { campaign: 'c', users: 1, impressions: 100 },
  ])
  for (const tail of ['ORDER BY n DESC LIMIT 1', 'ORDER BY SUM(impressions) * 2 DESC LIMIT 1'])
    expect(
      await db.amc(`SELECT campaign, SUM(impressions) AS n FROM views GROUP BY 1 ${tail}`, { privacy: removeRows }),
    ).toEqual([{ campaign: 'b', n: '9' }])
})

test('user ids do not come out with the controls on, whatever the way; with the controls off they are text', async () => {
  await fill('views', [{ users: 2, impressions: 2 }])
  const ways = [
    'SELECT user_id, SUM(impressions) AS n FROM views GROUP BY 1',
    'SELECT user_id FROM views_for_audiences',
    'SELECT MIN(user_id) AS u FROM views',
    "SELECT CONCAT('', user_id) AS u, COUNT(*) AS n FROM views GROUP BY 1",
    'SELECT COLLECT(user_id) AS u FROM views',
    "SELECT ARRAY_TO_STRING(COLLECT(DISTINCT user_id), ',') AS u FROM views",
    "SELECT NAMED_ROW('u', MAX(user_id)) AS u FROM views",
    'WITH c AS (SELECT campaign, MAX(user_id) AS u FROM views GROUP BY 1) SELECT * FROM c',
    'WITH c (a, b) AS (SELECT campaign, user_id FROM views) SELECT b, COUNT(*) AS n FROM c GROUP BY b',
    'SELECT campaign FROM views GROUP BY 1 UNION ALL SELECT user_id FROM taps GROUP BY 1',
    'SELECT (SELECT MAX(user_id) FROM views) AS u',
    'SELECT HASH64(user_id) AS u, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT CASE WHEN clicks = 0 THEN user_id END AS u, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT marketplace_id, COUNT(*) AS n FROM views GROUP BY 1',
    'SELECT campaign, impressions FROM views',
    'SELECT impressions FROM views',
    'SELECT COUNT(*) AS n FROM views GROUP BY user_id',
  ]
  for (const query of ways)
    await expect(db.amc(query, { privacy: removeRows })).rejects.toThrow(/^AMC00[2345]|not-lowered/m)
  const rows = await db.amc('SELECT user_id, impressions FROM views')
  expect(sorted(rows)).toEqual([
    { user_id: '1', impressions: '1' },
    { user_id: '2', impressions: '1' },
  ])
})

test('a query as a value has rows of its own: with too few people its row is dropped, which leaves NULL', async () => {
  await fill('views', [
    { campaign: 'a', users: 1, impressions: 5 },
    { campaign: 'b', users: 3, impressions: 9 },
  ])
  await fill('taps', [{ campaign: 'c', users: 3, clicks: 2 }])
  const query = (campaign: string) =>
    `SELECT campaign, (SELECT SUM(impressions) FROM views WHERE campaign = '${campaign}') AS n FROM taps GROUP BY 1`
  expect(await db.amc(query('b'), { privacy: removeRows })).toEqual([{ campaign: 'c', n: '9' }])
  expect(await db.amc(query('a'), { privacy: removeRows })).toEqual([{ campaign: 'c', n: null }])
  expect(await db.amc(query('a'), { privacy: removeValues })).toMatchObject([
    { campaign: 'c', n: null, filtered: false },
  ])
  expect(await db.amc(query('a'))).toEqual([{ campaign: 'c', n: '5' }])
  const alone = 'SELECT (SELECT MAX(campaign) FROM views) AS c'
  expect(await db.amc(alone, { privacy: removeRows })).toEqual([{ c: 'b' }])
  await fill('views', [{ campaign: 'a', users: 1, impressions: 5 }])
  expect(await db.amc(alone, { privacy: removeRows })).toEqual([{ c: null }])
})

test('what nobody did hides no row: absence is told where enough others stand behind it', async () => {
  await db.sql('DELETE FROM synthetic.main.segments')
  await db.sql(`INSERT INTO synthetic.main.segments VALUES ('a', 'One'), ('b', 'Three'), ('c', 'Nobody')`)
  await fill('views', [
    { campaign: 'a', users: 1, impressions: 5 },
    { campaign: 'b', users: 3, impressions: 9 },
  ])
  await fill('taps', [{ campaign: 'c', users: 3, clicks: 2 }])
  const joined =
    'FROM segments s LEFT JOIN (SELECT campaign, SUM(impressions) AS n FROM views GROUP BY 1) v ON v.campaign = s.segment'
  const taps = 'CROSS JOIN (SELECT SUM(clicks) AS clicks FROM taps) t'
  const rows = async (query: string) => sorted(await db.amc(query, { privacy: removeRows }))
  expect(await rows(`SELECT s.segment, v.n ${joined}`)).toEqual([{ segment: 'b', n: '9' }])
  expect(await rows(`SELECT s.segment, v.n, t.clicks ${joined} ${taps}`)).toEqual([
    { segment: 'b', n: '9', clicks: '2' },
    { segment: 'c', n: null, clicks: '2' },
  ])
  expect(await rows(`SELECT s.segment ${joined} WHERE v.campaign IS NULL`)).toEqual([])
  expect(await rows(`SELECT s.segment, t.clicks ${joined} ${taps} WHERE v.campaign IS NULL`)).toEqual([
    { segment: 'c', clicks: '2' },
  ])
})

test('a column named like one of the lowering’s own does not stand in for it', async () => {
  await fill('views', [
    { campaign: 'a', users: 1, impressions: 5 },
    { campaign: 'b', users: 3, impressions: 9 },
  ])
  const select = 'SELECT campaign, SUM(impressions) AS n, 7 AS'
  for (const name of ['#least', '#LEAST', '#count0', '#plain', '#path0.low', '#user0', '#why', '#sort0'])
    expect(await db.amc(`${select} "${name}" FROM views GROUP BY 1 ORDER BY n + 1`, { privacy: removeRows })).toEqual([
      { campaign: 'b', n: '9', [name]: 7 },
    ])
  const part =
    'WITH k AS (SELECT campaign, SUM(impressions) AS n, 1 AS "#path0.low", 9 AS "#path0.high" FROM views GROUP BY 1) '
  expect(await db.amc(`${part}SELECT campaign, n FROM k`, { privacy: removeRows })).toEqual([{ campaign: 'b', n: '9' }])
  const users = 'WITH k AS (SELECT campaign, impressions, ROW_NUMBER() OVER (ORDER BY clicks) AS "#user0" FROM views) '
  expect(
    await db.amc(`${users}SELECT campaign, COUNT("#user0") AS n FROM k GROUP BY 1`, { privacy: removeRows }),
  ).toEqual([{ campaign: 'b', n: '3' }])
})

test('a person is not looked for by a fixed value, whichever side of IN it stands on', async () => {
  await fill('views', [{ postal: 'p', users: 1, firstUser: 1001, impressions: 42 }])
  const values = "SELECT t.x FROM (VALUES ('1001'), ('1002')) AS t(x) WHERE t.x IN"
  for (const query of [
    `${values} (SELECT user_id FROM views)`,
    `${values} (SELECT postal_code FROM views)`,
    `WITH k AS (SELECT user_id AS u FROM views) ${values} (SELECT u FROM k)`,
    "SELECT SUM(impressions) AS n FROM views WHERE NULLIF(user_id, '1001') IS NULL",
  ])
    await expect(db.amc(query, { privacy: removeRows })).rejects.toThrow('AMC006')
  const people = 'SELECT SUM(impressions) AS n FROM views WHERE user_id IN (SELECT user_id FROM taps)'
  expect(await db.amc(people, { privacy: removeRows })).toHaveLength(1)
})
