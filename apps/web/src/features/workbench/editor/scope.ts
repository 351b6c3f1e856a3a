import {
  type Expression,
  type Query,
  type Schema,
  type Select,
  type SelectItem,
  type SetExpression,
  type TableExpression,
  parse,
} from '@recomamp/amc-sql'

export interface ScopeColumn {
  name: string
  /** The type and, for a field of the schema, its threshold: `LONG, LOW`. */
  detail: string
  description: string
}

/** A table that a place in the query can take columns from, by the name that the query gives it. */
export interface ScopeTable {
  name: string
  columns: readonly ScopeColumn[]
}

export interface Scope {
  tables: readonly ScopeTable[]
  /** Names of common table expressions, which stand beside the tables of the schema. */
  ctes: readonly string[]
}

/** What the innermost SELECT around a position can name. A broken text still has a tree; what it lacks is missing here. */
export function scopeAt(text: string, position: number, schema: Schema): Scope {
  const { query } = parse(text)
  if (query === null) return { tables: [], ctes: [] }
  const schemaTables = new Map(schema.tables.map((table) => [table.name, table]))
  const ctes = new Map<string, readonly ScopeColumn[]>()
  let found: Select | null = null

  function visitQuery(node: Query): void {
    for (const cte of node.ctes) {
      visitQuery(cte.query)
      ctes.set(cte.name.text.toLowerCase(), cte.columns?.map((name) => plain(name.text)) ?? outputOf(cte.query.body))
    }
    visitBody(node.body)
  }

  function visitBody(node: SetExpression): void {
    if (node.kind === 'union') for (const branch of node.branches) visitBody(branch)
    else if (node.kind === 'parenthesized') visitQuery(node.query)
    else if (node.kind === 'select') {
      // A cursor behind the last word of a SELECT still belongs to it.
      if (position >= node.from && position <= node.to + 1) found = node
      for (const table of node.tables) visitTable(table)
    }
  }

  function visitTable(node: TableExpression): void {
    if (node.kind === 'join') {
      visitTable(node.left)
      visitTable(node.right)
    } else if (node.kind === 'derived') visitQuery(node.query)
  }

  function columnsOf(name: string): readonly ScopeColumn[] {
    const cte = ctes.get(name)
    if (cte !== undefined) return cte
    const table = schemaTables.get(name)
    return (
      table?.columns.map((column) => ({
        name: column.name,
        detail: `${column.type}, ${column.threshold.replace('_', ' ')}`,
        description: column.description,
      })) ?? []
    )
  }

  function tablesOf(node: TableExpression): ScopeTable[] {
    switch (node.kind) {
      case 'join':
        return [...tablesOf(node.left), ...tablesOf(node.right)]
      case 'derived':
        return [{ name: node.alias?.text ?? '', columns: outputOf(node.query.body) }]
      case 'extended-window':
        return [{ name: node.alias?.text ?? '', columns: columnsOf(literalText(node.arguments[0])) }]
      case 'table': {
        const name = node.parts.at(-1)?.text ?? ''
        return name === '' ? [] : [{ name: node.alias?.text ?? name, columns: columnsOf(name.toLowerCase()) }]
      }
    }
  }

  visitQuery(query)
  const select = found as Select | null
  return { tables: select?.tables.flatMap(tablesOf) ?? [], ctes: [...ctes.keys()] }
}

function outputOf(body: SetExpression): ScopeColumn[] {
  if (body.kind === 'union') return body.branches.slice(0, 1).flatMap(outputOf)
  if (body.kind === 'parenthesized') return outputOf(body.query.body)
  if (body.kind === 'values') return []
  return body.items.flatMap(itemName)
}

function itemName(item: SelectItem): ScopeColumn[] {
  if (item.alias !== null) return [plain(item.alias.text)]
  return item.expression.kind === 'column' ? [plain(item.expression.parts.at(-1)?.text ?? '')] : []
}

function plain(name: string): ScopeColumn {
  return { name, detail: '', description: '' }
}

function literalText(expression: Expression | undefined): string {
  return expression?.kind === 'literal' ? expression.value.toLowerCase() : ''
}
