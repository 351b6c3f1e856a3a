import type { Resolution, ResolvedBody, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { AmcType } from '../resolve/types.ts'
import type { Table } from '../schema.ts'

/** Which relations hold rows that belong to one user each: events, and what is grouped by the user. */
export class RowsOfUsers {
  readonly #resolution: Resolution
  readonly #bodies = new Map<ResolvedBody, Table | null>()

  constructor(resolution: Resolution) {
    this.#resolution = resolution
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.tableOf(query.body)
  }

  /** The table whose users the rows belong to, one user each; null where every row is made of many. */
  tableOf(body: ResolvedBody): Table | null {
    let table = this.#bodies.get(body)
    if (table === undefined) {
      table = this.#find(body)
      this.#bodies.set(body, table)
    }
    return table
  }

  #find(body: ResolvedBody): Table | null {
    switch (body.kind) {
      case 'values':
        return null
      case 'parenthesized':
        return this.tableOf(body.query.body)
      case 'union': {
        const table = first(body.branches, (branch) => this.tableOf(branch))
        return body.node.all || body.relation.columns.some(({ type }) => isUserId(type)) ? table : null
      }
      case 'select':
        return this.#ofSelect(body)
    }
  }

  #ofSelect(select: ResolvedSelect): Table | null {
    const keepsUser =
      !select.aggregate || select.groupBy.some((key) => isUserId(this.#resolution.expressions.get(key)?.type))
    if (!keepsUser || (select.node.distinct && !select.relation.columns.some(({ type }) => isUserId(type)))) return null
    return first(select.sources, (source) => this.#ofSource(source))
  }

  #ofSource({ from }: Source): Table | null {
    switch (from.kind) {
      case 'unknown':
        return null
      case 'table':
        return from.table.columns.some(({ name }) => name.toLowerCase() === 'user_id') ? from.table : null
      case 'cte':
        return this.tableOf(from.cte.query.body)
      case 'query':
        return this.tableOf(from.query.body)
    }
  }
}

function isUserId(type: AmcType | undefined): boolean {
  return type?.kind === 'STRING' && type.userId === true
}

function first<T>(items: readonly T[], find: (item: T) => Table | null): Table | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}
