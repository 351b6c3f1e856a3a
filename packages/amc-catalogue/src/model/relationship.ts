import { z } from 'zod'
import type { ColumnType } from '../schema.ts'

/** One entry of `relationships.json`: how the rows of two tables belong together. */
export const Relationship = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  /** Pairs of columns, all of which must be equal. */
  on: z.array(z.strictObject({ from: z.string().min(1), to: z.string().min(1) })).min(1),
  /** Rows of `from` for rows of `to`. */
  cardinality: z.enum(['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many']),
  meaning: z.string().min(1),
  /** What goes wrong when the join is taken lightly. */
  caveat: z.string().min(1),
})
export type Relationship = z.infer<typeof Relationship>

const wholeNumbers: ReadonlySet<ColumnType> = new Set(['INTEGER', 'LONG'])

/** Whether values of the two types can be equal: whole numbers of any width, or the same type. */
export function joinable(one: ColumnType, other: ColumnType): boolean {
  return one === other || (wholeNumbers.has(one) && wholeNumbers.has(other))
}
