import { scan } from '@recomamp/amc-sql'
import { type SchemaChange, type TouchedQuery, type WorkflowId, bareName } from '@recomamp/contracts'

export interface SavedQuery {
  readonly id: WorkflowId
  readonly name: string
  readonly sql: string
}

/**
 * The queries that name a table that is gone or changed. Names are enough: a query over a table that is gone cannot be resolved any
 * more, and one that merely looks as if it used a column is better looked at than missed.
 */
export function touchedQueries(change: SchemaChange, queries: readonly SavedQuery[]): TouchedQuery[] {
  const gone = new Set(change.tablesRemoved.map(bareName))
  const changed = new Map(
    change.tablesChanged.map((table) => [
      bareName(table.name),
      { removed: table.columnsRemoved, changed: table.columnsChanged.map(({ name }) => name) },
    ]),
  )
  return queries.flatMap(({ id, name, sql }) => {
    const words = wordsOf(sql)
    const tables = [...gone, ...changed.keys()].filter((table) => words.has(table))
    if (tables.length === 0) return []
    const used = (list: 'removed' | 'changed') =>
      tables.flatMap((table) => (changed.get(table)?.[list] ?? []).filter((column) => words.has(column.toLowerCase())))
    const removed = used('removed')
    const columns = [...new Set([...removed, ...used('changed')])]
    return [
      { workflowId: id, name, tables, columns, breaks: removed.length > 0 || tables.some((table) => gone.has(table)) },
    ]
  })
}

/** The tables that a query has to name to be touched, as they are written in SQL. */
export function namedIn(change: SchemaChange): string[] {
  return [...change.tablesRemoved, ...change.tablesChanged.map(({ name }) => name)].map(bareName)
}

/** The names in a text, in lower case; a column may be called as a keyword is. */
function wordsOf(sql: string): Set<string> {
  return new Set(
    scan(sql).flatMap(({ kind, from, to }) => {
      if (kind === 'name' || kind === 'keyword') return [sql.slice(from, to).toLowerCase()]
      return kind === 'quoted-name' ? [sql.slice(from + 1, to - 1).toLowerCase()] : []
    }),
  )
}
