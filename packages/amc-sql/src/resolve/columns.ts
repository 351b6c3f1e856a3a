import type { ColumnReference, Name } from '../tree.ts'
import { unknownFacts } from './facts.ts'
import type { Binding, ExpressionFacts, Source } from './resolution.ts'
import type { Resolver } from './resolver.ts'
import type { Place, Scope } from './scope.ts'

/** What a column name means, and the facts of its value; reports a name without meaning once. */
export function columnFacts(r: Resolver, node: ColumnReference, place: Place): ExpressionFacts {
  const binding = r.bindings.get(node) ?? bind(r, node, place)
  if (binding === null) return { ...unknownFacts, id: r.uniqueId() }
  r.bindings.set(node, binding)
  return bindingFacts(r, binding, place)
}

function bindingFacts(r: Resolver, binding: Binding, place: Place): ExpressionFacts {
  switch (binding.kind) {
    case 'alias':
      return r.factsOf(binding.expression, { ...place, clause: 'SELECT' })
    case 'merged': {
      const left = bindingFacts(r, binding.left, place)
      const right = bindingFacts(r, binding.right, place)
      return {
        ...left,
        constant: left.constant && right.constant,
        id: r.idOfPair(r.idOfPair(r.idOf('merged'), left.id), right.id),
      }
    }
    case 'column':
      return r.factsOfColumn(binding.source, binding.index)
  }
}

function bind(r: Resolver, node: ColumnReference, place: Place): Binding | null {
  const last = node.parts.at(-1)
  if (last === undefined || last.text === '') return null
  const qualifier = node.parts.at(-2)
  return qualifier === undefined ? bindBare(r, node, last, place) : bindQualified(r, node, qualifier, last, place)
}

function bindBare(r: Resolver, node: ColumnReference, name: Name, place: Place): Binding | null {
  const key = name.key
  const { scope, clause } = place
  const alias = scope.aliases.get(key)
  const takesAlias = alias !== undefined && (clause === 'HAVING' || clause === 'ORDER BY' || clause === 'GROUP BY')
  if (takesAlias && !place.insideAggregate && clause !== 'GROUP BY')
    return { kind: 'alias', expression: alias.expression }
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = at.find(key)
    const [only] = found
    if (only === undefined) continue
    if (found.length > 1) {
      const candidates = found.flatMap((one) => (one.kind === 'column' ? [`${one.source.alias}.${name.text}`] : []))
      r.fault({ kind: 'ambiguous-column', range: node, name: name.text, candidates })
      return null
    }
    if (at !== scope) r.fault({ kind: 'correlated-name', range: node, name: name.text })
    return only
  }
  if (takesAlias) return { kind: 'alias', expression: alias.expression }
  const legacy = open(scope) ? undefined : scope.sources.find((source) => isLegacy(source, name.text))
  if (legacy !== undefined && alias === undefined) return bindLegacy(r, node, legacy, name)
  reportUnknown(r, node, name, place)
  return null
}

/** An old name means the column that took its place; where that is not known it has no value in local data. */
function bindLegacy(r: Resolver, node: ColumnReference, source: Source, name: Name): Binding {
  r.fault({ kind: 'legacy-column', range: node, name: name.text, table: tableName(source) })
  const now = source.from.kind === 'table' ? source.from.table.replacements?.[name.key] : undefined
  const [index] = (now === undefined ? undefined : source.relation.index.get(now.toLowerCase())) ?? []
  return { kind: 'column', source, index: index ?? -1 - lostColumn(source, name.text) }
}

function open(scope: Scope): boolean {
  for (let at: Scope | null = scope; at !== null; at = at.parent) if (at.open) return true
  return false
}

function reportUnknown(r: Resolver, node: ColumnReference, name: Name, { scope, clause }: Place): void {
  if (open(scope)) return
  const alias = scope.aliases.get(name.key)
  // `SUM(clicks) AS clicks` does not mean its own alias.
  const isOther = alias !== undefined && !(alias.from <= node.from && node.to <= alias.to)
  if (isOther && (clause === 'WHERE' || clause === 'SELECT' || clause === 'ON')) {
    r.fault({ kind: 'sibling-alias', range: node, name: name.text, clause })
    return
  }
  const [only] = scope.sources
  const table = scope.sources.length === 1 && only !== undefined ? tableName(only) : null
  const nearest = r.nearest(name.text, () => scope.columnNames())
  r.fault({ kind: 'unknown-column', range: node, name: name.text, table, nearest })
}

function bindQualified(
  r: Resolver,
  node: ColumnReference,
  qualifier: Name,
  name: Name,
  { scope }: Place,
): Binding | null {
  const key = qualifier.key
  if (key === '') return null
  const source = sourceOf(r, node, key, scope)
  if (source === null) {
    const nearest = r.nearest(key, () => [...scope.byAlias.values()].map((candidate) => candidate.alias))
    r.fault({ kind: 'unknown-qualifier', range: qualifier, name: qualifier.text, nearest })
    return null
  }
  const found = source.relation.index.get(name.key) ?? []
  const [index] = found
  if (index !== undefined) {
    if (found.length === 1) return { kind: 'column', source, index }
    r.fault({ kind: 'ambiguous-column', range: node, name: name.text, candidates: [] })
  } else if (isLegacy(source, name.text)) return bindLegacy(r, node, source, name)
  else if (!source.relation.open) {
    const nearest = r.nearest(name.text, () => source.relation.columns.map((column) => column.name))
    r.fault({ kind: 'unknown-column', range: name, name: name.text, table: qualifier.text, nearest })
  }
  return null
}

function sourceOf(r: Resolver, node: ColumnReference, alias: string, scope: Scope): Source | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = at.byAlias.get(alias)
    if (found === undefined) continue
    if (at !== scope) r.fault({ kind: 'correlated-name', range: node, name: r.textOf(node) })
    return found
  }
  return null
}

function isLegacy(source: Source, name: string): boolean {
  return lostColumn(source, name) >= 0
}

function lostColumn({ from }: Source, name: string): number {
  return from.kind === 'table' ? from.table.legacyColumns.indexOf(name.toLowerCase()) : -1
}

function tableName(source: Source): string {
  return source.from.kind === 'table' ? source.from.table.name : source.alias
}
