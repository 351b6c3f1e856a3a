import { z } from 'zod'

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
