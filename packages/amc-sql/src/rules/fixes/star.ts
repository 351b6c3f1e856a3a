import type { ResolvedBody, ResolvedSelect } from '../../resolve/resolution.ts'
import { sourcesOf } from '../../resolve/scope.ts'
import { forbidsLiterals } from '../../resolve/thresholds.ts'
import { isNumber } from '../../resolve/types.ts'
import type { SelectItem } from '../../tree.ts'
import { type Mending, mend, nameText, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** The columns behind a star by name: those that the query around uses, else all; of a table in the final SELECT its totals. */
export function nameColumns(context: RuleContext, select: ResolvedSelect, item: SelectItem, table: boolean): Mending {
  const { node, sources } = select
  const columns = select.items.flatMap(({ from, expression }, index) =>
    from === item.from ? [{ expression, index }] : [],
  )
  if (columns.some(({ expression }) => expression.kind === 'star')) return {}
  // Another list than the whole one fits only where nothing else counts its columns.
  const used = node.distinct || node.items.length > 1 ? null : (context.once(usedColumns).get(select) ?? null)
  if (used === null && table) return context.finalSelects.includes(select) ? totals(context, select, item) : {}
  const names = columns
    .filter(({ index }) => used?.has(index) !== false)
    .map(({ expression }) => {
      const binding = expression.kind === 'column' ? context.resolution.bindings.get(expression) : undefined
      if (binding?.kind !== 'column') return ''
      const name = nameText(binding.source.relation.columns[binding.index]?.name ?? '')
      return sources.length > 1 && binding.source.alias !== '' ? `${nameText(binding.source.alias)}.${name}` : name
    })
  if (names.length === 0 || names.includes('')) return {}
  const glued = /\w/.test(context.text[item.from - 1] ?? '') ? ' ' : ''
  return mend(table ? 'Name the columns that are used' : 'Name the columns', replace(item, glued + names.join(', ')))
}

/** For the body of each query the positions of its columns that are read elsewhere; not where a list of names counts them. */
function usedColumns({ resolution }: RuleContext): ReadonlyMap<ResolvedBody, ReadonlySet<number>> {
  const used = new Map<ResolvedBody, Set<number>>()
  const listed = new Set<ResolvedBody>()
  for (const { ctes } of resolution.queries.values())
    for (const { node, query } of ctes) if (node.columns !== null) listed.add(query.body)
  for (const binding of resolution.bindings.values()) {
    if (binding.kind === 'alias') continue
    for (const { source, index } of sourcesOf(binding)) {
      const { from, node } = source
      if (from.kind !== 'cte' && from.kind !== 'query') continue
      const { body } = from.kind === 'cte' ? from.cte.query : from.query
      if (node.kind !== 'join' && node.columns !== null) listed.add(body)
      const positions = used.get(body)
      if (positions === undefined) used.set(body, new Set([index]))
      else positions.add(index)
    }
  }
  for (const body of listed) used.delete(body)
  return used
}

/** What a table measures, summed up: the least that a final SELECT over it can show. */
function totals(context: RuleContext, { node, sources }: ResolvedSelect, item: SelectItem): Mending {
  const [source] = sources
  if (source === undefined || sources.length > 1 || node.items.length > 1) return {}
  if (node.groupBy.length > 0 || node.distinct || context.audience) return {}
  const sums = source.relation.columns
    .filter(({ metric, type, threshold }) => metric && isNumber(type) && !forbidsLiterals(threshold))
    .slice(0, 12)
    .map(({ name }) => `SUM(${nameText(name)}) AS ${nameText(name)}`)
  return sums.length === 0 ? {} : suggest('Sum up what the table measures', replace(item, sums.join(', ')))
}
