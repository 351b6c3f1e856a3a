import type { Table, Threshold } from '../schema.ts'
import type {
  Chain,
  ColumnReference,
  Cte,
  Expression,
  Join,
  JoinType,
  OrderItem,
  Query,
  Select,
  SelectItem,
  SubqueryBody,
  TableExpression,
  Union,
  Values,
  WindowSpecification,
} from '../tree.ts'
import type { Duration } from './duration.ts'
import type { Fault } from './faults.ts'
import type { AmcType } from './types.ts'

/** What every name of a query means, beside its tree. Nodes that could not be resolved are in no map. */
export interface Resolution {
  /** The main query; null where the text has none. */
  query: ResolvedQuery | null
  expressions: Map<Expression, ExpressionFacts>
  bindings: Map<ColumnReference, Binding>
  /** The specification behind OVER, with named windows merged in. */
  windows: Map<WindowSpecification, ResolvedWindow>
  queries: Map<Query, ResolvedQuery>
  /** What each beginning of a chain of more than two is: `a`, `a + b`, `a + b - c`, … */
  beginnings: Map<Chain, readonly ExpressionFacts[]>
  faults: Fault[]
  /** Source tables in the order of their first use. */
  tables: Map<string, Table>
}

export interface ExpressionFacts {
  type: AmcType
  /** The strictest class of the columns that the value is made of. */
  threshold: Threshold
  /** A measure (METRIC in Amazon's words) and not a property. */
  metric: boolean
  /** Made of literals and parameters alone. */
  constant: boolean
  /** Holds an aggregate call of this level. */
  aggregate: boolean
  /** Holds a call with OVER. */
  window: boolean
  /** Equal for expressions that mean the same. */
  id: number
}

export interface RelationColumn {
  name: string
  type: AmcType
  threshold: Threshold
  metric: boolean
  constant: boolean
}

export interface Relation {
  columns: readonly RelationColumn[]
  /** Positions by lower-case name; two positions make the name ambiguous. */
  index: ReadonlyMap<string, readonly number[]>
  /** Nothing is known of its columns, because its table is unknown or its text is broken. */
  open: boolean
}

export interface ResolvedCte {
  node: Cte
  name: string
  query: ResolvedQuery
  relation: Relation
}

export interface ResolvedQuery {
  kind: 'query'
  node: Query
  ctes: ResolvedCte[]
  body: ResolvedBody
  relation: Relation
  orderBy: ResolvedOrder[]
}

export interface ResolvedOrder {
  node: OrderItem
  /** The output column that it names by position, alias or equal expression; null for another expression. */
  column: number | null
}

export type ResolvedBody = ResolvedSelect | ResolvedValues | ResolvedUnion | ResolvedParenthesis

export interface ResolvedSelect {
  kind: 'select'
  node: Select
  relation: Relation
  from: FromItem[]
  sources: Source[]
  items: readonly SelectItem[]
  /** GROUP BY with positions and aliases replaced by what they stand for. */
  groupBy: Expression[]
  aggregate: boolean
}

export interface ResolvedValues {
  kind: 'values'
  node: Values
  relation: Relation
}

export interface ResolvedUnion {
  kind: 'union'
  node: Union
  branches: readonly ResolvedBody[]
  relation: Relation
}

export interface ResolvedParenthesis {
  kind: 'parenthesized'
  node: SubqueryBody
  query: ResolvedQuery
  relation: Relation
}

export type FromItem = Source | ResolvedJoin

/** One number for a column of a source; positions below zero are columns that a table no longer has. */
export function columnKey(source: Source, index: number): number {
  return source.id * 65_536 + index
}

/** One member of FROM: a table, a common table expression, or a query in parentheses. */
export interface Source {
  kind: 'source'
  id: number
  node: TableExpression
  /** By which columns are qualified; '' where there is none. */
  alias: string
  relation: Relation
  from:
    | { kind: 'table'; table: Table; widened: { back: Duration; ahead: Duration } | null }
    | { kind: 'cte'; cte: ResolvedCte }
    | { kind: 'query'; query: ResolvedQuery }
    | { kind: 'unknown' }
}

export interface ResolvedJoin {
  kind: 'join'
  node: Join
  type: JoinType
  left: FromItem
  right: FromItem
  using: { name: string; left: Binding; right: Binding }[]
}

export type Binding =
  /** `index` is negative for an old column that its table no longer has. */
  | { kind: 'column'; source: Source; index: number }
  /** A column of USING; its value comes from whichever side the join keeps. */
  | { kind: 'merged'; left: Binding; right: Binding; type: JoinType }
  /** An alias of the select list. */
  | { kind: 'alias'; expression: Expression }

export interface ResolvedWindow {
  partitionBy: readonly Expression[]
  orderBy: readonly OrderItem[]
}

export function relationOf(columns: readonly RelationColumn[], open = false): Relation {
  const index = new Map<string, number[]>()
  columns.forEach((column, at) => {
    const name = column.name.toLowerCase()
    const places = index.get(name)
    if (places === undefined) index.set(name, [at])
    else places.push(at)
  })
  return { columns, index, open }
}

/** Stands for a table that nobody knows: every name may be one of its columns. */
export const unknownRelation: Relation = relationOf([], true)
