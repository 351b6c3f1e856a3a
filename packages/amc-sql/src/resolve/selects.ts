import type { ColumnReference, Expression, Select, SelectItem, Star, TableName } from '../tree.ts'
import { isCondition } from './conditions.ts'
import { resolveFrom, type ResolvedFrom } from './from.ts'
import { checkGrouping } from './grouping.ts'
import { relationOf, unknownRelation, type RelationColumn, type ResolvedSelect, type Source } from './resolution.ts'
import type { CteScope, Resolver } from './resolver.ts'
import { Scope, outputName, type Place } from './scope.ts'

/** A SELECT and the place of an ORDER BY after it. */
export function resolveSelect(
  r: Resolver,
  node: Select,
  ctes: CteScope,
  around: Scope | null,
): { body: ResolvedSelect; place: Place } {
  const members = node.tables.map((table) => resolveFrom(r, table, ctes, around))
  const scope = scopeOf(r, node, members, ctes, around)
  const items = node.items.flatMap((item) => expandStar(r, item, scope))
  const at = (clause: Place['clause']): Place => ({ scope, clause, insideAggregate: false })

  if (node.where !== null) isCondition(r, node.where, r.factsOf(node.where, at('WHERE')), 'WHERE')
  const inList = at('SELECT')
  for (const item of items) r.factsOf(item.expression, inList)
  const groupBy = node.groupBy.flatMap((expression) => groupKey(r, expression, items, at('GROUP BY')))
  if (node.having !== null) isCondition(r, node.having, r.factsOf(node.having, at('HAVING')), 'HAVING')

  const aggregate =
    groupBy.length > 0 ||
    node.groupBy.length > 0 ||
    node.having !== null ||
    items.some((item) => r.expressions.get(item.expression)?.aggregate === true)
  const keys = new Set(groupBy.map((expression) => r.expressions.get(expression)?.id))
  if (aggregate && !r.broken) checkGrouping(r, items, node.having, keys)
  if (node.having !== null && r.expressions.get(node.having)?.window === true)
    r.fault({ kind: 'window-in-having', range: node.having })

  const columns = items.map((item, index): RelationColumn => {
    const facts = r.factsOf(item.expression, inList)
    return {
      name: outputName(item, index),
      type: facts.type,
      threshold: facts.threshold,
      metric: facts.metric && !(aggregate && keys.has(facts.id)),
      constant: facts.constant,
    }
  })
  const open = items.some((item) => item.expression.kind === 'star')
  const body: ResolvedSelect = {
    kind: 'select',
    node,
    relation: relationOf(columns, open),
    from: members.map((member) => member.item),
    sources: members.flatMap((member) => member.sources),
    items,
    groupBy,
    aggregate,
  }
  return { body, place: at('ORDER BY') }
}

function scopeOf(
  r: Resolver,
  node: Select,
  members: readonly ResolvedFrom[],
  ctes: CteScope,
  around: Scope | null,
): Scope {
  const sources = members.flatMap((member) => member.sources)
  if (r.broken && node.tables.length === 0) sources.push(unfinishedFrom(r, node))
  const seen = new Set<string>()
  for (const source of sources) {
    const alias = source.alias.toLowerCase()
    if (alias !== '' && seen.has(alias)) r.fault({ kind: 'duplicate-relation', range: source.node, name: source.alias })
    seen.add(alias)
  }
  const scope = new Scope(sources, around, ctes)
  for (const member of members) for (const [name, binding] of member.merged) scope.merged.set(name, binding)
  for (const item of node.items)
    if (item.alias !== null && item.alias.text !== '') scope.aliases.set(item.alias.key, item)
  for (const window of node.windows) scope.windows.set(window.name.key, window.specification)
  return scope
}

/** In a text with syntax errors FROM may only be missing so far. */
function unfinishedFrom(r: Resolver, node: Select): Source {
  const at: TableName = { kind: 'table', parts: [], alias: null, columns: null, from: node.to, to: node.to }
  return { kind: 'source', id: r.sourceId(), node: at, alias: '', relation: unknownRelation, from: { kind: 'unknown' } }
}

/** `*` and `t.*` as one item per column; left as they are where the columns are not known. */
function expandStar(r: Resolver, item: SelectItem, scope: Scope): SelectItem[] {
  const star = item.expression
  if (star.kind !== 'star') return [item]
  const sources = starSources(r, star, scope)
  if (sources.length === 0 || sources.some((source) => source.relation.open)) return [item]
  return sources.flatMap((source) =>
    source.relation.columns.map((column, index): SelectItem => {
      const { from, to } = item
      const expression: ColumnReference = {
        kind: 'column',
        parts: [{ text: column.name, key: column.name.toLowerCase(), quoted: true, from, to }],
        from,
        to,
      }
      r.bindings.set(expression, { kind: 'column', source, index })
      return { expression, alias: null, from, to }
    }),
  )
}

function starSources(r: Resolver, star: Star, scope: Scope): readonly Source[] {
  if (star.qualifier === null) return scope.sources
  const source = scope.byAlias.get(star.qualifier.key)
  if (source === undefined && star.qualifier.text !== '')
    r.fault({ kind: 'unknown-qualifier', range: star.qualifier, name: star.qualifier.text, nearest: null })
  return source === undefined ? [] : [source]
}

/** What a member of GROUP BY stands for: an item by position or alias, or an expression of its own. */
function groupKey(r: Resolver, expression: Expression, items: readonly SelectItem[], place: Place): Expression[] {
  if (expression.kind === 'literal' && expression.type === 'integer') {
    const item = items[Number(expression.value) - 1]
    r.factsOf(expression, place)
    if (item === undefined) {
      r.fault({ kind: 'ordinal', range: expression, given: expression.value, most: items.length })
      return []
    }
    if (r.expressions.get(item.expression)?.aggregate === true)
      r.fault({ kind: 'aggregate-misplaced', range: expression, where: 'GROUP BY', window: false })
    return [item.expression]
  }
  if (expression.kind === 'column' && expression.parts.length === 1) {
    const name = expression.parts[0]?.key ?? ''
    const item = place.scope.aliases.get(name)
    // Calcite, where it allows aliases here, lets them win over a column of the same name.
    if (item !== undefined && r.expressions.get(item.expression)?.aggregate !== true) {
      r.bindings.set(expression, { kind: 'alias', expression: item.expression })
      r.factsOf(expression, place)
      return [item.expression]
    }
  }
  const facts = r.factsOf(expression, place)
  if (expression.kind === 'column' && facts.aggregate)
    r.fault({ kind: 'aggregate-misplaced', range: expression, where: 'GROUP BY', window: false })
  // `GROUP BY (a, b)` groups by both.
  if (expression.kind === 'row') return expression.items.flatMap((item) => groupKey(r, item, items, place))
  return [expression]
}
