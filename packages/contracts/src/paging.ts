import { z } from 'zod'

/** The query of every paged list; the cursor is opaque and belongs to one sort order. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional(),
})

/** A page of a list with the exact number of all rows that the filter matches. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number().int().nonnegative(), nextCursor: z.string().nullable() })
}

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime()
