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

  constructor(sources: readonly Source[], parent: Scope | null, ctes: CteScope | null) {
    this.sources = sources
    this.parent = parent
    this.ctes = ctes
    for (const source of sources) {
      const alias = source.alias.toLowerCase()
      if (alias !== '' && !this.byAlias.has(alias)) this.byAlias.set(alias, source)
    }
  }

  /** Every column that an unqualified name can mean here; more than one makes it ambiguous. */
  find(name: string): Binding[] {
    const merged = this.merged.get(name)
    if (merged !== undefined) return [merged]
    const found: Binding[] = []
    for (const source of this.sources)
      for (const index of source.relation.index.get(name) ?? []) found.push({ kind: 'column', source, index })
    return found
  }

  /** True where a name that is not found may still be right. */
  get open(): boolean {
    return this.sources.some((source) => source.relation.open)
  }

  *columnNames(): Iterable<string> {
    for (const source of this.sources) for (const column of source.relation.columns) yield column.name
  }
}

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
