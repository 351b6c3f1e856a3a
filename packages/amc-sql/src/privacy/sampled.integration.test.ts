import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../test/duckdb.ts'
import { eventSchema } from '../../test/schema.ts'
import type { LowerOptions } from '../lower/lower.ts'

/**
 * Groups that are too large for their sample to hold them all, and whose sample lacks the users to be sure: they are read again.
 * The rows of a table are read in their order, so the first ones are the sample.
 */
let db: Database

beforeAll(async () => {
  db = await openDatabase(eventSchema)
})
afterAll(() => db.close())
beforeEach(() => db.sql('DELETE FROM synthetic.main.views'))

const privacy: LowerOptions['privacy'] = {
  behavior: 'REMOVE_VALUES',
  discriminatorColumn: 'filtered',
  userCountColumn: 'du_count',
  reasonColumn: 'reason',
}

/** Rows of users from `first` on, in turn. */
async function add(postal: string | null, rows: number, users: number, first = 1, clicks = 0): Promise<void> {
  await db.sql(
    `INSERT INTO synthetic.main.views (user_id, campaign, postal_code, event_dt_utc, impressions, clicks) ` +
      `SELECT ${first} + i % ${users}, 'c', ${postal === null ? 'NULL' : `'${postal}'`}, '2026-05-05', 1, ${clicks} FROM range(${rows}) AS t(i)`,
  )
}

const byPostal = 'SELECT postal_code, SUM(impressions) AS n FROM views GROUP BY 1'

test('a large group of few people is counted to the last one', async () => {
  await add('few', 4000, 80)
  await add('enough', 4000, 100)
  const rows = await db.amc(byPostal, { privacy })
  expect(rows).toHaveLength(2)
  expect(rows).toContainEqual({ postal_code: 'enough', n: '4000', filtered: false, du_count: '100', reason: null })
  expect(rows).toContainEqual({
    postal_code: null,
    n: '4000',
    filtered: true,
    du_count: '80',
    reason: "80 'views' users < 100 required",
  })
})

test('a group whose first rows are all of one person comes out when enough others follow', async () => {
  await add('late', 1000, 1)
  await add('late', 99, 99, 2)
  await add('too few', 1000, 1)
  await add('too few', 98, 98, 2)
  expect(await db.amc(byPostal, { privacy: { behavior: 'REMOVE_ROWS' } })).toEqual([{ postal_code: 'late', n: '1099' }])
})

test('the same without any grouping, and for the group without a name', async () => {
  await add(null, 1000, 1)
  await add(null, 98, 98, 2)
  const all = 'SELECT MAX(postal_code) AS p, COUNT(*) AS n FROM views'
  for (const query of [byPostal, all]) expect(await db.amc(query, { privacy: { behavior: 'REMOVE_ROWS' } })).toEqual([])
  await add(null, 1, 1, 777)
  expect(await db.amc(byPostal, { privacy: { behavior: 'REMOVE_ROWS' } })).toEqual([{ postal_code: null, n: '1099' }])
  expect(await db.amc(all, { privacy: { behavior: 'REMOVE_ROWS' } })).toEqual([{ p: null, n: '1099' }])
})

test('the users of a measure are told apart from the others in the same sample', async () => {
  const query = 'SELECT postal_code, SUM(impressions) AS n, SUM(clicks) AS c FROM views GROUP BY 1'
  const count = async (): Promise<unknown> => (await db.amc(query, { privacy }))[0]?.['reason']
  await add('p', 3000, 500)
  await add('p', 99, 99, 1, 1)
  expect(await count()).toBe("99 'views' effective users < 100 required")
  await add('p', 1000, 1, 50, 1)
  expect(await count()).toBe("99 'views' effective users < 100 required")
  await add('p', 1, 1, 499, 1)
  expect(await count()).toBeNull()
})

test('rows out of WITH parts, unions and joins are the same when they are read again', async () => {
  await add('few', 3000, 60)
  await add('many', 3000, 300)
  await db.sql(`DELETE FROM synthetic.main.taps`)
  await db.sql(`INSERT INTO synthetic.main.taps SELECT * FROM synthetic.main.views WHERE user_id <= 50`)
  for (const from of [
    '(SELECT postal_code, user_id, impressions FROM views UNION ALL SELECT postal_code, user_id, impressions FROM views) AS u',
    '(SELECT postal_code, user_id, SUM(impressions) AS impressions FROM views GROUP BY 1, 2) AS u',
    '(SELECT postal_code, user_id, impressions FROM views ORDER BY user_id LIMIT 5000) AS u',
    'views JOIN (SELECT user_id AS id, COUNT(*) AS times FROM views GROUP BY 1) AS u ON user_id = id',
    'views WHERE user_id IN (SELECT user_id FROM views GROUP BY 1)',
  ]) {
    const query = `SELECT postal_code, SUM(impressions) AS n FROM ${from} GROUP BY 1`
    const rows = await db.amc(query, { privacy: { behavior: 'REMOVE_ROWS' } })
    expect(rows.map((row) => row['postal_code'])).toEqual(['many'])
    const whys = (await db.amc(query, { privacy })).map((row) => String(row['reason']))
    expect(whys.some((why) => why.startsWith("60 'views'"))).toBe(true)
  }
})

test('a query by chance is counted on the very rows that it shows', async () => {
  await add('p', 3000, 100)
  const query = 'SELECT postal_code, COUNT(DISTINCT user_id) AS users FROM views WHERE RANDOM() < 0.02 GROUP BY 1'
  for (let times = 0; times < 20; times += 1)
    for (const row of await db.amc(query, { privacy }))
      expect([row['users'], row['filtered']]).toEqual([row['du_count'], row['du_count'] !== '100'])
})
