import type { Relation, ResolvedCte, Source } from '../resolve/resolution.ts'
import type { Column, Table } from '../schema.ts'
import type { Name, NamedWindow, Range, SelectItem } from '../tree.ts'

/** What a name in a text stands for. */
export type Meaning =
  | { kind: 'cte'; cte: ResolvedCte }
  | { kind: 'table'; table: Table; source: Source }
  /** The alias of a member of FROM. */
  | { kind: 'relation'; source: Source }
  /** A column of a member of FROM; of a USING the one on its left. */
  | { kind: 'column'; source: Source; index: number }
  /** An item of a select list, by its alias or by the name that it gives its output column. */
  | { kind: 'item'; item: SelectItem }
  /** A name of a list, `t (a, b)`. */
  | { kind: 'listed'; name: Name; relation: Relation; index: number }
  | { kind: 'window'; window: NamedWindow }
  | { kind: 'parameter'; name: string }

/** A place where a name stands. */
export interface Occurrence extends Range {
  meaning: Meaning
  /** Equal for all names that have to change together. */
  symbol: number
  /** The place that gives the thing its name. */
  definition: boolean
}

export interface Symbols {
  /** In the order of the text; they do not overlap. */
  occurrences: readonly Occurrence[]
  /** The columns and tables of Amazon's among the symbols, whose names nobody can change. */
  amazons: ReadonlyMap<number, { table: Table; column: Column | null }>
}
