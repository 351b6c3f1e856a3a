import type { Resolution, ResolvedBody, ResolvedCte, Source } from '../resolve/resolution.ts'
import type { Column, Table } from '../schema.ts'
import type { Name, SelectItem } from '../tree.ts'

/** What gives a column of FROM its name. */
export type Origin =
  | { kind: 'catalogue'; table: Table; column: Column }
  /** An item of the select list below: its alias, or the column that it passes on. */
  | { kind: 'item'; item: SelectItem; position: number; body: ResolvedBody & { kind: 'select' } }
  /** A name of a list, `t (a, b)`. */
  | { kind: 'listed'; name: Name }

/** Where a column of a source comes from, one step down; null where nothing in the text names it. */
export function originOf(source: Source, index: number): Origin | null {
  const { node, from } = source
  const listed = node.kind === 'join' || source.relation.open ? undefined : node.columns?.[index]
  if (listed !== undefined) return { kind: 'listed', name: listed }
  switch (from.kind) {
    case 'table': {
      const column = from.table.columns[index]
      return column === undefined ? null : { kind: 'catalogue', table: from.table, column }
    }
    case 'cte':
      return originInCte(from.cte, index)
    case 'query':
      return originInBody(from.query.body, index)
    case 'unknown':
      return null
  }
}

/** Where an output column of a WITH part comes from. */
export function originInCte(cte: ResolvedCte, index: number): Origin | null {
  const listed = cte.node.columns?.[index]
  if (listed !== undefined && !cte.relation.open) return { kind: 'listed', name: listed }
  return originInBody(cte.query.body, index)
}

/** Where an output column of a query comes from; a UNION takes the names of its first branch. */
export function originInBody(body: ResolvedBody, index: number): Origin | null {
  switch (body.kind) {
    case 'select': {
      const item = body.items[index]
      return item === undefined ? null : { kind: 'item', item, position: index, body }
    }
    case 'union': {
      const [first] = body.branches
      return first === undefined ? null : originInBody(first, index)
    }
    case 'parenthesized':
      return originInBody(body.query.body, index)
    case 'values':
      return null
  }
}

/** The SELECTs that a body is made of, in their order. */
export function branchesOf(body: ResolvedBody): (ResolvedBody & { kind: 'select' })[] {
  switch (body.kind) {
    case 'select':
      return [body]
    case 'union':
      return body.branches.flatMap(branchesOf)
    case 'parenthesized':
      return branchesOf(body.query.body)
    case 'values':
      return []
  }
}

/** The column of Amazon's that a column of FROM passes on unchanged, whatever it is called on the way; null for a computed one. */
export function catalogueColumnOf(
  resolution: Resolution,
  source: Source,
  index: number,
): { table: Table; column: Column } | null {
  let at: { source: Source; index: number } | null = { source, index }
  while (at !== null) {
    const { from } = at.source
    if (from.kind === 'table') {
      const column = from.table.columns[at.index]
      return column === undefined ? null : { table: from.table, column }
    }
    if (from.kind === 'unknown') return null
    const query = from.kind === 'cte' ? from.cte.query : from.query
    at = passedOn(resolution, originInBody(query.body, at.index))
  }
  return null
}

/** The column below that an item without a computation stands for. */
function passedOn(resolution: Resolution, origin: Origin | null): { source: Source; index: number } | null {
  if (origin?.kind !== 'item' || origin.item.expression.kind !== 'column') return null
  let binding = resolution.bindings.get(origin.item.expression)
  while (binding?.kind === 'merged') binding = binding.left
  return binding?.kind === 'column' ? binding : null
}
