import { type DuckDbSession, identifier } from './duckdb-session.ts'
import { rowNumberField } from './result-layout.ts'
import type { BoundSql, SortKey } from './result-query.ts'

/** Which rows of a file are asked for: by condition, order and place. */
export interface RowsWanted {
  /** `read_parquet('…')`. */
  from: string
  condition: BoundSql
  keys: readonly SortKey[]
  /** Rows that the condition leaves. */
  matching: number
  offset: number
  limit: number
}

const row = identifier(rowNumberField)
/** Up to here DuckDB keeps the best rows in a heap; beyond it would sort everything. */
const shallow = 20_000
/** One row of so many is looked at to find where in the order the page lies. */
const sampling = 64

/** The numbers of the rows of a page, in its order. */
export async function findRows(duck: DuckDbSession, wanted: RowsWanted): Promise<number[]> {
  const { from, condition, keys, offset, limit } = wanted
  // Without an order the file's own holds, which DuckDB keeps and in which it stops at the limit.
  if (keys.length === 0) return numbers(duck, `${from} where ${condition.text}`, condition.values, offset, limit)
  const band = offset + limit <= shallow ? null : await bandOf(duck, wanted)
  if (band === null)
    return numbers(duck, `${from} where ${condition.text} ${orderOf(keys)}`, condition.values, offset, limit)
  return numbers(
    duck,
    `${from} where ${condition.text} and ${band.condition.text} ${orderOf(keys)}`,
    [...condition.values, ...band.condition.values],
    offset - band.before,
    limit,
  )
}

async function numbers(duck: DuckDbSession, rest: string, values: readonly string[], offset: number, limit: number) {
  const found = await duck.rows(`select cast(${row} as varchar) from ${rest} limit ${limit} offset ${offset}`, values)
  return found.map(([number]) => Number(number))
}

function orderOf(keys: readonly SortKey[]): string {
  const terms = keys.map(
    ({ field, isDescending }) => `${identifier(field)} ${isDescending ? 'desc' : 'asc'} nulls last`,
  )
  return `order by ${[...terms, row].join(', ')}`
}

/** The values of the first key between which a deep page lies, found in a sample, so that only the rows there are sorted. Null when
 *  the sample misled or the page lies among NULLs: then everything is sorted, which takes longer and gives the same. */
async function bandOf(duck: DuckDbSession, { from, condition, keys, matching, offset, limit }: RowsWanted) {
  const [first] = keys
  if (first === undefined) return null
  const key = identifier(first.field)
  const sample = await duck.rows(
    `select cast(${key} as varchar) from ${from} where ${condition.text} and hash(${row}) % ${sampling} = 0
     order by ${key} ${first.isDescending ? 'desc' : 'asc'} nulls last`,
    condition.values,
  )
  const scale = sample.length / matching
  const margin = 4 * Math.sqrt(sample.length) * 0.5 + 2
  const low = Math.floor(offset * scale - margin)
  const high = Math.ceil((offset + limit) * scale + margin)
  const lowest = low < 0 ? null : sample[low]?.[0]
  const highest = high >= sample.length ? null : sample[high]?.[0]
  if (typeof lowest !== 'string' || highest === undefined) return null
  const value = `cast(? as ${first.stored})`
  const [before, after] = first.isDescending ? ['>', '<'] : ['<', '>']
  const notAfter = typeof highest === 'string' ? `not coalesce(${key} ${after} ${value}, true)` : 'true'
  const inBand: BoundSql = {
    text: `not coalesce(${key} ${before} ${value}, false) and ${notAfter}`,
    values: typeof highest === 'string' ? [lowest, highest] : [lowest],
  }
  const [counts = []] = await duck.rows(
    `select cast(count(*) filter (${key} ${before} ${value}) as varchar), cast(count(*) filter (${inBand.text}) as varchar)
     from ${from} where ${condition.text}`,
    [lowest, ...inBand.values, ...condition.values],
  )
  const [countBefore, countIn] = [Number(counts[0]), Number(counts[1])]
  const holds = countBefore <= offset && Math.min(offset + limit, matching) <= countBefore + countIn
  return holds ? { condition: inBand, before: countBefore } : null
}
