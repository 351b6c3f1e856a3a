import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Database, type Row } from '../../test/duckdb.ts'
import { eventSchema } from '../../test/schema.ts'
import { outcome, type OutcomeRow } from '../../test/thresholds/outcome.ts'
import { randomAnalysis } from '../../test/thresholds/random-analysis.ts'
import { chance, randomTables, type Event } from '../../test/thresholds/random-tables.ts'
import type { Value } from '../../test/thresholds/reference.ts'

/** `THRESHOLD_CASES=10000 vitest run …` tries more of them than each run of the tests does. */
// oxlint-disable-next-line no-restricted-properties -- the number of cases is no setting of the product
const cases = Number(process.env['THRESHOLD_CASES'] ?? 200)

let db: Database
beforeAll(async () => {
  db = await openDatabase(eventSchema)
  await db.sql('SET threads = 1')
})
afterAll(() => db.close())

async function fill(table: string, events: readonly Event[]): Promise<void> {
  await db.sql(`DELETE FROM synthetic.main.${table}`)
  const rows = events.map(
    ({ user, campaign, device, postal, impressions, clicks }) =>
      `(${user ?? 'NULL'}, '${campaign}', '${device}', '${postal}', TIMESTAMP '2026-05-05', ${impressions}, ${clicks})`,
  )
  await db.sql(
    `INSERT INTO synthetic.main.${table} (user_id, campaign, device_type, postal_code, event_dt_utc, impressions, clicks) VALUES ${rows.join(', ')}`,
  )
}

/** Seven digits of fractions, whose sums differ with the order of adding. */
function plain(value: Value): Value {
  return typeof value === 'number' ? Number(value.toPrecision(7)) : value
}

function number(value: unknown): number | null {
  return value === null ? null : Number(value)
}

interface Compared {
  values: Value[]
  filtered: boolean
  count: number | null
}

function inOrder<T extends Compared>(rows: readonly T[]): T[] {
  const key = ({ values, filtered, count }: Compared): string => JSON.stringify([values, filtered, count])
  return rows.toSorted((a, b) => key(a).localeCompare(key(b)))
}

test(
  `${cases} random analyses of random people give what a slow count of everybody gives`,
  { timeout: 3_600_000 },
  async () => {
    const seen = { shown: 0, dropped: 0, merged: 0, effective: 0, paths: 0, high: 0 }
    let tables = randomTables(chance(0))
    for (let seed = 1; seed <= cases; seed += 1) {
      const random = chance(seed)
      if (seed % 4 === 1) {
        tables = randomTables(random)
        await fill('views', tables.views)
        await fill('taps', tables.taps)
      }
      const { sql, result } = randomAnalysis(random, tables)
      const { allSeen } = tables
      for (const behavior of ['REMOVE_ROWS', 'REMOVE_VALUES'] as const) {
        const found = await db.amc(sql, {
          neverZero: (_, column) => allSeen && column === 'impressions',
          privacy: { behavior, discriminatorColumn: '_filtered', userCountColumn: '_count', reasonColumn: '_reason' },
        })
        const rows = found.map((row: Row) => ({
          values: result.columns.map((column, at): Value => {
            const value = row[`x${at}`] ?? null
            return plain(typeof value === 'string' && !/^-?\d+$/.test(value) ? value : number(value))
          }),
          filtered: row['_filtered'] === true,
          count: number(row['_count'] ?? null),
          reason: typeof row['_reason'] === 'string' ? row['_reason'] : null,
        }))
        const expected = outcome(result, behavior).map((row) => ({ ...row, values: row.values.map(plain) }))
        const known = { seed, behavior, sql }
        const bare = ({ values, filtered, count }: Compared): Compared => ({ values, filtered, count })
        expect({ ...known, rows: inOrder(rows).map(bare) }).toEqual({ ...known, rows: inOrder(expected).map(bare) })
        for (const { reason, ...row } of rows)
          expect({ ...known, row, reasons: reasonsOf(expected, row) }).toSatisfy(({ reasons }) => reasons.has(reason))
        seen.shown += rows.filter((row) => !row.filtered && row.count !== null).length
        seen.dropped += behavior === 'REMOVE_ROWS' ? result.rows.length - rows.length : 0
        seen.merged += behavior === 'REMOVE_VALUES' ? result.rows.length - rows.length : 0
        seen.effective += rows.filter(({ reason }) => reason?.includes('effective') === true).length
        seen.paths += rows.filter(({ reason }) => reason?.includes('(path ') === true).length
        seen.high += rows.filter(({ count }) => count === 100).length
      }
    }
    // The cases are worth something.
    for (const [what, times] of Object.entries(seen)) expect([what, times > cases / 50]).toEqual([what, true])
  },
)

/** The reasons that any expected row like this one may give. */
function reasonsOf(expected: readonly OutcomeRow[], row: Compared): Set<unknown> {
  const key = JSON.stringify([row.values, row.filtered, row.count])
  const same = expected.filter((one) => JSON.stringify([one.values, one.filtered, one.count]) === key)
  return new Set(same.flatMap(({ reasons }) => reasons))
}
