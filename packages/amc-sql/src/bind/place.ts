import type { ArrayLiteral, Call, Cast, Expression, InList, Literal, ParameterUse, Range, Values } from '../tree.ts'

/** What a placeholder stands for, which decides how its value is written. */
export type Place =
  /** One expression. */
  | { kind: 'value' }
  /** A whole condition, as in `WHERE {{only_new}}`. */
  | { kind: 'condition' }
  /** The number of rows behind LIMIT or OFFSET. */
  | { kind: 'count' }
  /** A member of GROUP BY or ORDER BY, where a number names a column and anything else means nothing. */
  | { kind: 'position' }
  /**
   * Members of a list; `bare` where the list's own parentheses are missing, as in `IN {{ids}}`, `alone` where it has no other member,
   * `width` more than 1 where its members are rows, as in `(a, b) IN {{pairs}}`; `whole` where the IN is a whole condition.
   */
  | { kind: 'list'; bare: boolean; alone: boolean; width: number; whole: boolean; of: InList | ArrayLiteral | Call }
  /** A whole array, as in `ARRAY_CONTAINS({{ids}}, x)`. */
  | { kind: 'array' }
  /** Rows of VALUES with so many columns. */
  | { kind: 'rows'; columns: number; of: Values }
  /** A part of a text literal; `of` says what the whole literal means. */
  | { kind: 'text'; of: 'text' | 'date' | 'timestamp' | 'interval'; literal: Literal }
  /** The number of an INTERVAL, which Calcite wants as text. */
  | { kind: 'interval' }

export interface Placement {
  use: ParameterUse
  place: Place
  /** What the value replaces: the placeholder, or the row `({{x}})` around it. */
  range: Range
  /** The smallest condition around it, with the NOT or IS in front of or behind it; null where there is none. */
  condition: Range | null
  /** What its type can be told from: the other side of a comparison, or a node whose meaning is fixed. */
  evidence: Evidence
  /** True for the whole pattern of a LIKE. */
  likeOperand: boolean
  /** The CAST whose operand it is. */
  cast: Cast | null
  /** The name of what takes fixed texts only, so that none of AMC's own parameters can stand in it. */
  fixedIn: string | null
}

export type Evidence =
  | { kind: 'compared'; with: Expression }
  | { kind: 'type'; type: 'INTEGER' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'STRING' }
  | null
