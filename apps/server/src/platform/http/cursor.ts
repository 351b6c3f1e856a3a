import { Problem } from '@recomamp/contracts'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'

/** The opaque text of a place in a list: the sort values of the last row that was sent. */
export function writeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** The place that a cursor stands for, or null for the beginning; a Problem input-invalid when we did not write it. */
export function readCursor<T>(cursor: string | undefined, place: z.ZodType<T>): T | null {
  if (cursor === undefined) return null
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch (cause) {
    const message = 'is not a cursor of this list; leave it out to begin at the first page'
    throw new Problem('input-invalid', `cursor ${message}`, {
      cause,
      errors: [{ path: 'querystring.cursor', message }],
    })
  }
}

/** The condition of a list whose latest row is first: rows behind a place in it, or all rows where there is none. */
export function earlierThan(time: string, id: string, after: readonly [string, string] | null): Expression<SqlBool> {
  if (after === null) return sql<SqlBool>`true`
  return sql<SqlBool>`(${sql.ref(time)}, ${sql.ref(id)}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
}

/** Cuts a page out of `limit + 1` rows: the extra row only tells that there is more. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly unknown[],
): { rows: readonly Row[]; nextCursor: string | null } {
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { rows, nextCursor: null }
  return { rows: rows.slice(0, limit), nextCursor: writeCursor(placeOf(last)) }
}

/** The pattern for `like` that finds a text anywhere in small letters, whatever characters it holds. */
export function containing(text: string): string {
  return patternOf(text.toLowerCase())
}

/** As containing, with the letters as they are. */
export function patternOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
}
