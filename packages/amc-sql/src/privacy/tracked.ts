/**
 * Whose data a row holds. A path is one use of a user-level source table. Along a path a row belongs to one user (event rows, and
 * rows grouped by the user id) or to many (everything aggregated over users).
 */
export interface TrackedRelation {
  paths: readonly TrackedPath[]
  /** Totals whose contributing users must be known too, because Amazon counts users per metric. */
  totals: readonly TrackedTotal[]
  columns: readonly TrackedColumn[]
}

export interface TrackedPath {
  /** The data source, as named in the reason of a filtered row. */
  source: string
  form: 'one' | 'many'
}

export interface TrackedTotal {
  /** Positions of the paths whose users contribute; all of them have the form `many`. */
  paths: readonly number[]
}

export interface TrackedColumn {
  /** Paths that the value is made of. */
  origins: readonly number[]
  /** Paths whose user is certain as soon as the value is; empty for all but user ids. */
  identity: readonly number[]
  /** Totals that the value is made of. */
  totals: readonly number[]
  /** Paths along which the value is a number other than 0 in every row with a user, so that every user contributes to its total. */
  filled: readonly number[]
}

export const nobody: TrackedRelation = { paths: [], totals: [], columns: [] }

/** The union of lists of positions, ascending. */
export function union(...lists: readonly (readonly number[])[]): readonly number[] {
  if (lists.length === 1) return lists[0] ?? []
  const all = new Set<number>()
  for (const list of lists) for (const item of list) all.add(item)
  return [...all].toSorted((a, b) => a - b)
}
