import { childrenOf } from '../resolve/children.ts'
import type { Binding, Resolution, ResolvedBody, Source } from '../resolve/resolution.ts'
import type { Column, Table } from '../schema.ts'
import type { Expression } from '../tree.ts'

/** A column of a source table that a value is made of. */
export interface Origin {
  table: Table
  column: Column
  /** The names under which it came along, from the table outwards; empty where it is read directly. */
  steps: readonly Step[]
}

/** A column of a WITH part or of a query in FROM. */
export interface Step {
  column: string
  /** The name of the WITH part, or the alias of the query; '' where it has none. */
  relation: string
}

const none: readonly Origin[] = []

/** Which columns of source tables every value comes from; each column once, by the first way found. */
export class Lineage {
  readonly #resolution: Resolution
  readonly #bodies = new Map<ResolvedBody, (readonly Origin[])[]>()
  readonly #expressions = new Map<Expression, readonly Origin[]>()

  #begun = false

  constructor(resolution: Resolution) {
    this.#resolution = resolution
  }

  /** The origins of each column of a query's body. */
  body(body: ResolvedBody): readonly (readonly Origin[])[] {
    this.#begin()
    let columns = this.#bodies.get(body)
    if (columns === undefined) {
      columns = this.#columnsOf(body)
      this.#bodies.set(body, columns)
    }
    return columns
  }

  /** The origins of a value, those of conditions inside it included. */
  expression(expression: Expression): readonly Origin[] {
    this.#begin()
    let origins = this.#expressions.get(expression)
    if (origins === undefined) {
      origins =
        expression.kind === 'column'
          ? this.binding(this.#resolution.bindings.get(expression))
          : merged(childrenOf(expression).map((child) => this.expression(child)))
      this.#expressions.set(expression, origins)
    }
    return origins
  }

  /** The origins of what a name means. */
  binding(binding: Binding | undefined): readonly Origin[] {
    if (binding === undefined) return none
    if (binding.kind === 'alias') return this.expression(binding.expression)
    if (binding.kind === 'merged') return merged([this.binding(binding.left), this.binding(binding.right)])
    return this.#sourceColumn(binding.source, binding.index)
  }

  /** Inner queries come first, so that a long chain of WITH parts is no deep recursion; nothing is done before somebody asks. */
  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    for (const query of this.#resolution.queries.values()) this.body(query.body)
  }

  #sourceColumn(source: Source, index: number): readonly Origin[] {
    const { from } = source
    if (from.kind === 'unknown') return none
    if (from.kind === 'table') {
      const column = from.table.columns[index]
      return column === undefined ? none : [{ table: from.table, column, steps: [] }]
    }
    const inner = from.kind === 'cte' ? from.cte.query : from.query
    const relation = from.kind === 'cte' ? from.cte.name : source.alias
    const step: Step = { column: source.relation.columns[index]?.name ?? '', relation }
    const origins = this.body(inner.body)[index] ?? none
    return origins.map((origin) => ({ ...origin, steps: [...origin.steps, step] }))
  }

  #columnsOf(body: ResolvedBody): (readonly Origin[])[] {
    switch (body.kind) {
      case 'select':
        return body.items.map(({ expression }) => this.expression(expression))
      case 'values':
        return body.relation.columns.map(() => none)
      case 'parenthesized':
        return [...this.body(body.query.body)]
      case 'union': {
        const branches = body.branches.map((branch) => this.body(branch))
        return body.relation.columns.map((_, at) => merged(branches.map((branch) => branch[at] ?? none)))
      }
    }
  }
}

function merged(lists: readonly (readonly Origin[])[]): readonly Origin[] {
  const filled = lists.filter((list) => list.length > 0)
  if (filled.length <= 1) return filled[0] ?? none
  const found = new Map<Column, Map<Table, Origin>>()
  for (const list of filled)
    for (const origin of list) {
      const tables = found.get(origin.column) ?? new Map<Table, Origin>()
      if (!tables.has(origin.table)) found.set(origin.column, tables.set(origin.table, origin))
    }
  return [...found.values()].flatMap((tables) => [...tables.values()])
}
