import { join } from 'node:path'
import { lower, type LowerOptions } from '@recomamp/amc-sql/lower'
import { openQueryConnection, type QueryConnection } from '../packages/amc-local/src/engine/query-connection.ts'
import type { LocalValue } from '../packages/amc-local/src/engine/protocol.ts'
import { localSchema, neverZero } from '../packages/amc-local/src/generate/families.ts'
import { openLocalEngine } from '../packages/amc-local/src/open-local-engine.ts'
import { atMost, type Figure, median } from './figure.ts'
import { engineQueries, engineWindow, type EngineQuery } from './p4-queries.ts'

/** Kept between runs: the data takes minutes to make. */
const folder = join(import.meta.dirname, '..', '.cache', 'bench-engine')
const schema = localSchema()
const rounds = 11

/**
 * P4: queries on five million impressions as the local engine runs them, against DuckDB SQL written by hand, in turns on the same
 * connection. What is compared is processor time of the whole process, the translation from AMC SQL included.
 */
export async function measureEngine(): Promise<Figure[]> {
  const engine = openLocalEngine({ folder, size: 'large', endDay: engineWindow.end.slice(0, 10) })
  await engine.ready
  const base = { database: 'synthetic', file: engine.file() }
  await engine.close()
  const connection = await openQueryConnection({ base, spillFolder: join(folder, 'spill') })
  try {
    const figures: Figure[] = []
    for (const query of engineQueries) figures.push(...(await compare(connection, query)))
    return figures
  } finally {
    await connection.close()
  }
}

async function compare(connection: QueryConnection, query: EngineQuery): Promise<Figure[]> {
  const ways = {
    hand: () => query.hand,
    bare: () => lowered(query.amc, null),
    thresholds: () => lowered(query.amc, { behavior: 'REMOVE_ROWS' }),
  }
  const [hand, bare, thresholds, kept] = await Promise.all(
    [ways.hand(), ways.bare(), ways.thresholds(), query.kept].map(async (sql) => answer(connection, sql)),
  )
  if (!same(bare, hand)) throw new Error(`${query.name}: the answer is not that of the SQL by hand`)
  if (!same(thresholds, kept)) throw new Error(`${query.name}: the thresholds keep other rows than the SQL by hand`)
  const used = { hand: [] as number[], bare: [] as number[], thresholds: [] as number[] }
  for (let round = 0; round < rounds; round += 1)
    for (const way of ['hand', 'bare', 'thresholds'] as const) {
      const before = process.cpuUsage()
      await answer(connection, ways[way]())
      const { user, system } = process.cpuUsage(before)
      used[way].push(user + system)
    }
  const by = median(used.hand)
  return [
    atMost('P4', `${query.name}: without thresholds`, median(used.bare) / by, 1.15, ' ×'),
    atMost('P4', `${query.name}: with thresholds`, median(used.thresholds) / by, 2, ' ×'),
  ]
}

function lowered(sql: string, privacy: LowerOptions['privacy']): string {
  const result = lower(sql, { schema, window: engineWindow, privacy, neverZero })
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('; '))
  return result.sql
}

type Rows = LocalValue[][]

/** The rows, in an order that does not depend on fractions. */
async function answer(connection: QueryConnection, sql: string): Promise<Rows> {
  const rows: Rows = []
  for await (const batch of await connection.execute(sql, { timeLimitMs: 120_000 })) rows.push(...batch)
  const order = (row: LocalValue[]): string => row.filter((value) => !isFraction(value)).join(' | ')
  return rows.toSorted((a, b) => order(a).localeCompare(order(b)))
}

/** Equal but for the last digits of fractions, whose sums differ with the order of adding. */
function same(a: Rows = [], b: Rows = []): boolean {
  return (
    a.length === b.length &&
    a.every((row, at) =>
      row.every((value, column) => {
        const other = b[at]?.[column]
        if (typeof value !== 'number' || typeof other !== 'number') return value === other
        return Math.abs(value - other) <= 1e-9 * Math.max(Math.abs(value), Math.abs(other))
      }),
    )
  )
}

function isFraction(value: LocalValue): boolean {
  return typeof value === 'number' && !Number.isInteger(value)
}
