import type { Expression, JoinType, SelectItem, WindowSpecification } from '../tree.ts'
import type { Binding, Source } from './resolution.ts'
import type { CteScope } from './resolver.ts'

/** What names mean at one place of a query. */
export class Scope {
  readonly sources: readonly Source[]
  /** Around a subquery; AMC documents no correlated names. */
  readonly parent: Scope | null
  /** The WITH parts that subqueries inside can read. */
  readonly ctes: CteScope | null
  /** By lower-case alias; two relations of one alias are reported where they stand, and the first one counts. */
  readonly byAlias = new Map<string, Source>()
  /** The columns of USING, which belong to no single relation. */
  readonly merged = new Map<string, Binding>()
  /** The select list by lower-case alias. */
  readonly aliases = new Map<string, SelectItem>()
  readonly windows = new Map<string, WindowSpecification>()

  /** True where a name that is not found may still be right. */
  readonly open: boolean
  readonly #found = new Map<string, Binding[]>()

  constructor(sources: readonly Source[], parent: Scope | null, ctes: CteScope | null) {
    this.sources = sources
    this.parent = parent
    this.ctes = ctes
    this.open = sources.some((source) => source.relation.open)
    for (const source of sources) {
      const alias = source.alias.toLowerCase()
      if (alias !== '' && !this.byAlias.has(alias)) this.byAlias.set(alias, source)
    }
  }

  /** The columns that an unqualified name can mean here, the first few; more than one makes it ambiguous. */
  find(name: string): readonly Binding[] {
    const merged = this.merged.get(name)
    if (merged !== undefined) return [merged]
    let found = this.#found.get(name)
    if (found === undefined) {
      found = this.#columns(name)
      this.#found.set(name, found)
    }
    return found
  }

  #columns(name: string): Binding[] {
    const found: Binding[] = []
    for (const source of this.sources) {
      for (const index of source.relation.index.get(name) ?? []) found.push({ kind: 'column', source, index })
      if (found.length >= enough) break
    }
    return found
  }

  *columnNames(): Iterable<string> {
    for (const relation of new Set(this.sources.map((source) => source.relation)))
      for (const column of relation.columns) yield column.name
  }
}

/** Meanings of an ambiguous name that a message can use. */
const enough = 3

export type Clause = 'WHERE' | 'ON' | 'SELECT' | 'GROUP BY' | 'HAVING' | 'ORDER BY' | 'VALUES'

/** Where an expression stands: it decides which names and calls it may hold. */
export interface Place {
  scope: Scope
  clause: Clause
  insideAggregate: boolean
}

export function mergedBinding(type: JoinType, left: Binding, right: Binding): Binding {
  return { kind: 'merged', left, right, type }
}

/** The sources that a binding reads. */
export function* sourcesOf(binding: Binding): Iterable<{ source: Source; index: number }> {
  if (binding.kind === 'column') yield binding
  else if (binding.kind === 'merged') {
    yield* sourcesOf(binding.left)
    yield* sourcesOf(binding.right)
  }
}

/** The alias without which an item cannot be named: its own, or the last part of a plain column. */
function itemName(item: SelectItem): string {
  if (item.alias !== null) return item.alias.text
  const expression: Expression = item.expression
  return expression.kind === 'column' ? (expression.parts.at(-1)?.text ?? '') : ''
}

/** The name of an output column; Calcite numbers the ones without a name. */
export function outputName(item: SelectItem, at: number): string {
  const name = itemName(item)
  return name === '' ? `EXPR$${at}` : name
}
