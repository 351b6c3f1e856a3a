import type { Table } from '../schema.ts'
import type { Expression, ExtendedWindow, Join, Name, Range, TableExpression, TableName } from '../tree.ts'
import { readDuration } from './duration.ts'
import { renamed } from './renamed.ts'
import { unknownRelation, type FromItem, type Relation, type ResolvedJoin, type Source } from './resolution.ts'
import { relationOfTable, type CteScope, type Resolver } from './resolver.ts'
import { Scope, mergedBinding } from './scope.ts'
import { isCondition } from './conditions.ts'

/** One member of FROM with the sources in it, and the names that its USING clauses merged. */
export interface ResolvedFrom {
  item: FromItem
  sources: Source[]
  merged: Scope['merged']
}

export function resolveFrom(r: Resolver, table: TableExpression, ctes: CteScope, around: Scope | null): ResolvedFrom {
  if (table.kind === 'join') return resolveJoins(r, table, ctes, around)
  const source = resolveSource(r, table, ctes)
  return { item: source, sources: [source], merged: new Map() }
}

function resolveSource(r: Resolver, table: Exclude<TableExpression, Join>, ctes: CteScope): Source {
  const alias = table.alias?.text ?? ''
  switch (table.kind) {
    case 'derived': {
      const query = r.resolveQuery(table.query, ctes, null)
      return source(r, table, alias, query.relation, { kind: 'query', query }, table.columns)
    }
    case 'extended-window': {
      const { from, name } = extendedTable(r, table, ctes)
      const relation = from.kind === 'table' ? relationOfTable(from.table) : unknownRelation
      return source(r, table, alias === '' ? name : alias, relation, from, table.columns)
    }
    case 'table':
      return namedSource(r, table, ctes)
  }
}

function source(
  r: Resolver,
  node: TableExpression,
  alias: string,
  relation: Relation,
  from: Source['from'],
  columns: Name[] | null,
): Source {
  return { kind: 'source', id: r.sourceId(), node, alias, relation: renamed(r, relation, columns, false), from }
}

function namedSource(r: Resolver, node: TableName, ctes: CteScope): Source {
  const last = node.parts.at(-1)?.text ?? ''
  const alias = node.alias?.text ?? last
  if (node.parts.length === 1) {
    const cte = r.cte(last.toLowerCase(), ctes)
    if (cte !== null) return source(r, node, alias, cte.relation, { kind: 'cte', cte }, node.columns)
  }
  const [first, end] = [node.parts[0], node.parts.at(-1)]
  const range = { from: first?.from ?? node.from, to: end?.to ?? node.to }
  const table = findTable(r, range, node.parts.map((part) => part.text).join('.'), ctes)
  if (table === null) return source(r, node, alias, unknownRelation, { kind: 'unknown' }, null)
  return source(r, node, alias, relationOfTable(table), { kind: 'table', table, widened: null }, node.columns)
}

/** A table by its full name, or by its last part where the schema has no such prefix. */
function findTable(r: Resolver, range: Range, written: string, ctes: CteScope): Table | null {
  const name = written.toLowerCase()
  const table = r.tablesByName.get(name) ?? r.tablesByName.get(name.slice(name.lastIndexOf('.') + 1))
  if (table !== undefined) {
    r.tables.set(table.name, table)
    return table
  }
  if (name === '' || name.endsWith('.')) return null
  r.fault({ kind: 'unknown-table', range, name: written, nearest: r.nearest(written, () => namesOf(r, ctes)) })
  return null
}

function namesOf(r: Resolver, ctes: CteScope): string[] {
  const known = [...r.tablesByName.values()].map((candidate) => candidate.name)
  for (let at: CteScope | null = ctes; at !== null; at = at.parent)
    for (const cte of at.names.values()) known.push(cte.name)
  return known
}

function extendedTable(r: Resolver, node: ExtendedWindow, ctes: CteScope): { from: Source['from']; name: string } {
  const unknown = { from: { kind: 'unknown' } as const, name: '' }
  const given = node.arguments
  if (given.length !== 3) {
    r.fault({ kind: 'time-extension', range: node, reason: 'count', text: String(given.length) })
    return unknown
  }
  const [name, back, ahead] = given.map((argument) => extensionText(r, argument))
  const [before, after] = [readExtension(r, given[1], back), readExtension(r, given[2], ahead)]
  const place = given[0]
  if (name == null || place === undefined) return unknown
  if (r.cte(name.toLowerCase(), ctes) !== null && !r.tablesByName.has(name.toLowerCase())) {
    r.fault({ kind: 'time-extension', range: place, reason: 'cte', text: name })
    return { ...unknown, name }
  }
  const table = findTable(r, place, name, ctes)
  if (table === null) return { ...unknown, name }
  const widened = before === null || after === null ? null : { back: before, ahead: after }
  return { from: { kind: 'table', table, widened }, name }
}

function extensionText(r: Resolver, argument: Expression): string | null {
  if (argument.kind === 'missing') return null
  if (argument.kind === 'literal' && argument.type === 'string')
    return argument.parameters.length === 0 ? argument.value : null
  if (argument.kind !== 'parameter')
    r.fault({ kind: 'time-extension', range: argument, reason: 'string', text: r.textOf(argument) })
  return null
}

function readExtension(r: Resolver, argument: Expression | undefined, text: string | null | undefined) {
  if (text == null || argument === undefined) return null
  const duration = readDuration(text)
  if (duration === null) r.fault({ kind: 'time-extension', range: argument, reason: 'duration', text })
  return duration
}

/** Joins of one chain are resolved in a loop, because a chain can be long. */
function resolveJoins(r: Resolver, join: Join, ctes: CteScope, around: Scope | null): ResolvedFrom {
  const chain: Join[] = []
  let leftmost: TableExpression = join
  while (leftmost.kind === 'join') {
    chain.push(leftmost)
    leftmost = leftmost.left
  }
  let left = resolveFrom(r, leftmost, ctes, around)
  for (const node of chain.toReversed())
    left = joined(r, node, left, resolveFrom(r, node.right, ctes, around), { ctes, around })
  return left
}

interface Surroundings {
  ctes: CteScope
  around: Scope | null
}

function joined(r: Resolver, node: Join, left: ResolvedFrom, right: ResolvedFrom, at: Surroundings): ResolvedFrom {
  const sources = [...left.sources, ...right.sources]
  const merged = new Map([...left.merged, ...right.merged])
  const item: ResolvedJoin = { kind: 'join', node, type: node.type, left: left.item, right: right.item, using: [] }
  for (const name of node.using ?? []) {
    const found = [left, right].map((side) => {
      const scope = scopeOf(side, at)
      const bindings = scope.find(name.key)
      if (bindings.length === 0 && !scope.open && name.text !== '')
        r.fault({
          kind: 'unknown-column',
          range: name,
          name: name.text,
          table: null,
          nearest: r.nearest(name.text, () => scope.columnNames()),
        })
      return bindings[0]
    })
    const [a, b] = found
    if (a === undefined || b === undefined) continue
    item.using.push({ name: name.text, left: a, right: b })
    merged.set(name.key, mergedBinding(node.type, a, b))
  }
  const result = { item, sources, merged }
  if (node.on !== null) {
    const place = { scope: scopeOf(result, at), clause: 'ON', insideAggregate: false } as const
    isCondition(r, node.on, r.factsOf(node.on, place), 'ON')
  } else if (node.using === null && node.type !== 'cross')
    r.fault({ kind: 'join-without-condition', range: node.operator })
  return result
}

/** The names of a member of FROM. */
function scopeOf(from: ResolvedFrom, at: Surroundings): Scope {
  const scope = new Scope(from.sources, at.around, at.ctes)
  for (const [name, binding] of from.merged) scope.merged.set(name, binding)
  return scope
}
