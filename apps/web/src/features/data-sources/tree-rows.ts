import type { Column, Schema, Table } from '@recomamp/amc-sql'

export type TreeRow =
  | { kind: 'group'; key: string; title: string }
  | { kind: 'table'; key: string; table: Table; open: boolean; used: boolean; position: number; siblings: number }
  | { kind: 'field'; key: string; table: Table; column: Column; position: number; siblings: number }

export interface TreeFilter {
  text: string
  onlyUsed: boolean
  used: ReadonlySet<string>
  open: ReadonlySet<string>
}

/**
 * The rows of the tree in order. A search shows the tables whose name matches and, opened, those with matching fields; the
 * audience twins, which repeat their tables, appear only when searched for or used.
 */
export function treeRows(schema: Schema, filter: TreeFilter): TreeRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = (name: string) => words.every((word) => name.includes(word))
  const rows: TreeRow[] = []
  const groups = Map.groupBy(
    schema.tables.filter((table) => filter.used.has(table.name) || !table.audience || words.length > 0),
    (table) => table.category,
  )
  for (const [category, tables] of [...groups].toSorted(([a], [b]) => rankOf(a) - rankOf(b))) {
    const shown = tables.flatMap((table) => {
      if (filter.onlyUsed && !filter.used.has(table.name)) return []
      const byName = words.length === 0 || matches(table.name)
      const columns = byName ? table.columns : table.columns.filter((column) => matches(column.name.toLowerCase()))
      return columns.length === 0 && !byName ? [] : [{ table, columns, byName }]
    })
    if (shown.length === 0) continue
    rows.push({ kind: 'group', key: `group ${category}`, title: category })
    shown.forEach(({ table, columns, byName }, index) => {
      const open = filter.open.has(table.name) || !byName
      rows.push({
        kind: 'table',
        key: table.name,
        table,
        open,
        used: filter.used.has(table.name),
        position: index + 1,
        siblings: shown.length,
      })
      if (open)
        columns.forEach((column, at) =>
          rows.push({
            kind: 'field',
            key: `${table.name} ${column.name}`,
            table,
            column,
            position: at + 1,
            siblings: columns.length,
          }),
        )
    })
  }
  return rows
}

/** What most queries start from stands first; categories that are not named here follow in the order of the schema. */
const firstCategories = ['DSP events', 'Sponsored ads', 'Amazon Attributed events', 'Conversions', 'Amazon Live']

export function rankOf(category: string): number {
  const rank = firstCategories.indexOf(category)
  return rank === -1 ? firstCategories.length : rank
}

export type TreeMove = { to: number } | { open: string } | { close: string } | null

/** What a key does at a row: another row, a table to open or close, or nothing. */
export function moveInTree(rows: readonly TreeRow[], current: number, key: string): TreeMove {
  const row = rows[current]
  const reachable = (from: number, step: number) => {
    let at = from
    while (rows[at]?.kind === 'group') at += step
    return rows[at] === undefined ? null : { to: at }
  }
  switch (key) {
    case 'ArrowDown':
      return reachable(current + 1, 1)
    case 'ArrowUp':
      return reachable(current - 1, -1)
    case 'Home':
      return reachable(0, 1)
    case 'End':
      return reachable(rows.length - 1, -1)
    case 'ArrowRight':
      if (row?.kind !== 'table') return null
      return row.open ? reachable(current + 1, 1) : { open: row.table.name }
    case 'ArrowLeft': {
      if (row?.kind === 'table') return row.open ? { close: row.table.name } : null
      const parent = rows.findLastIndex((each, at) => at < current && each.kind === 'table')
      return parent === -1 ? null : { to: parent }
    }
    default:
      return null
  }
}
