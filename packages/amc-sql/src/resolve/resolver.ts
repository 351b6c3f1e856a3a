import type { Schema, Table } from '../schema.ts'
import type { Expression, Query } from '../tree.ts'
import type { CustomParameter } from './custom-parameter.ts'
import type { Fault } from './faults.ts'
import {
  columnKey,
  relationOf,
  type ExpressionFacts,
  type Relation,
  type Resolution,
  type ResolvedCte,
  type ResolvedQuery,
  type Source,
} from './resolution.ts'
import { unknownFacts } from './facts.ts'
import type { Place, Scope } from './scope.ts'
import { nearestName } from './nearest.ts'
import { columnType } from './types.ts'

/** The common table expressions that a query can name, innermost WITH first. */
export interface CteScope {
  names: ReadonlyMap<string, ResolvedCte>
  parent: CteScope | null
}

/** The two productions that all others come back to; handed in, so that no module needs one that needs it. */
export interface Walk {
  query(r: Resolver, query: Query, outer: CteScope | null, around: Scope | null): ResolvedQuery
  expression(r: Resolver, node: Expression, place: Place): ExpressionFacts
}

/** The state of one resolution; the functions beside it walk the tree and write into it. */
export class Resolver implements Resolution {
  readonly text: string
  readonly tablesByName: ReadonlyMap<string, Table>
  readonly customParameters: ReadonlyMap<string, CustomParameter>
  /** The text has syntax errors, so that what is missing may only be unfinished. */
  readonly broken: boolean
  query: Resolution['query'] = null
  readonly expressions = new Map<Expression, ExpressionFacts>()
  readonly bindings: Resolution['bindings'] = new Map()
  readonly windows: Resolution['windows'] = new Map()
  readonly queries: Resolution['queries'] = new Map()
  readonly beginnings: Resolution['beginnings'] = new Map()
  readonly faults: Fault[] = []
  readonly tables: Resolution['tables'] = new Map()
  readonly #walk: Walk
  readonly #ids = new Map<string, number>()
  readonly #columns = new Map<number, ExpressionFacts>()
  readonly #pairs = new Map<number, number>()
  #nextId = 0
  #nextSource = 0
  #searches = 0

  constructor(walk: Walk, text: string, schema: Schema, customParameters: readonly CustomParameter[], broken: boolean) {
    this.#walk = walk
    this.text = text
    this.broken = broken
    this.tablesByName = tablesOf(schema)
    this.customParameters = new Map(customParameters.map((parameter) => [parameter.name, parameter]))
  }

  fault(fault: Fault): void {
    this.faults.push(fault)
  }

  /** Type, class and identity of an expression; computed once per node, children first. */
  factsOf(node: Expression, place: Place): ExpressionFacts {
    const known = this.expressions.get(node)
    if (known !== undefined) return known
    const facts = this.#walk.expression(this, node, place)
    this.expressions.set(node, facts)
    return facts
  }

  /** Resolves a query inside another one; `around` is the scope that it stands in, for subqueries. */
  resolveQuery(query: Query, outer: CteScope | null, around: Scope | null): ResolvedQuery {
    return this.#walk.query(this, query, outer, around)
  }

  sourceId(): number {
    this.#nextSource += 1
    return this.#nextSource
  }

  /** The same number for the same key, so that equal expressions are found without comparing trees. */
  idOf(key: string): number {
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.uniqueId()
    this.#ids.set(key, id)
    return id
  }

  /** The facts of a column of a source, made once. */
  factsOfColumn(source: Source, index: number): ExpressionFacts {
    const key = columnKey(source, index)
    const known = this.#columns.get(key)
    if (known !== undefined) return known
    const { type, threshold, metric, constant } = source.relation.columns[index] ?? unknownFacts
    const facts = { type, threshold, metric, constant, aggregate: false, window: false, id: this.uniqueId() }
    this.#columns.set(key, facts)
    return facts
  }

  /** The same number for the same two numbers. */
  idOfPair(first: number, second: number): number {
    // One number for each pair (Szudzik's pairing); for small ids it is small, which a Map finds fastest.
    const key = first >= second ? first * first + first + second : second * second + first
    const known = this.#pairs.get(key)
    if (known !== undefined) return known
    const id = this.uniqueId()
    this.#pairs.set(key, id)
    return id
  }

  uniqueId(): number {
    this.#nextId += 1
    return this.#nextId
  }

  cte(name: string, scope: CteScope | null): ResolvedCte | null {
    for (let at = scope; at !== null; at = at.parent) {
      const found = at.names.get(name)
      if (found !== undefined) return found
    }
    return null
  }

  /** The known name that is meant by a wrong one. A text with many wrong names holds no slips of the keyboard, and gets no more answers. */
  nearest(wrong: string, known: () => Iterable<string>): string | null {
    if (this.#searches === mostSearches) return null
    this.#searches += 1
    return nearestName(wrong, known())
  }

  textOf(range: { from: number; to: number }): string {
    return this.text.slice(range.from, range.to)
  }
}

/** Each looks at every name that is known. */
const mostSearches = 200

const indexed = new WeakMap<Schema, ReadonlyMap<string, Table>>()

function tablesOf(schema: Schema): ReadonlyMap<string, Table> {
  let found = indexed.get(schema)
  if (found === undefined) {
    found = new Map(schema.tables.map((table) => [table.name.toLowerCase(), table]))
    indexed.set(schema, found)
  }
  return found
}

const relations = new WeakMap<Table, Relation>()

/** A table of the schema as a relation; made once per table. */
export function relationOfTable(table: Table): Relation {
  let relation = relations.get(table)
  if (relation === undefined) {
    relation = relationOf(
      table.columns.map((column) => ({
        name: column.name,
        type: columnType(column),
        threshold: column.threshold ?? unknownFacts.threshold,
        metric: column.role === 'metric',
        constant: false,
      })),
    )
    relations.set(table, relation)
  }
  return relation
}
