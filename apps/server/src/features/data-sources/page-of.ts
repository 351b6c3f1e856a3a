import { z } from 'zod'
import { cutPage, readCursor } from '#platform/http/cursor.ts'

const Place = z.tuple([z.number().int().nonnegative()])

/** A page of a list that stands in memory and changes only with the product's version. */
export function pageOf<T>(
  all: readonly T[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { items: readonly T[]; total: number; nextCursor: string | null } {
  const [from] = readCursor(cursor, Place) ?? [0]
  const { rows, nextCursor } = cutPage(all.slice(from, from + limit + 1), limit, () => [from + limit])
  return { items: rows, total: all.length, nextCursor }
}
