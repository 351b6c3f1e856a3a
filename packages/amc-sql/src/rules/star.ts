import type { ResolvedBody, ResolvedSelect } from '../resolve/resolution.ts'
import { sourcesOf } from '../resolve/scope.ts'
import { forbidsLiterals } from '../resolve/thresholds.ts'
import { isNumber } from '../resolve/types.ts'
import type { SelectItem } from '../tree.ts'
import { mend, nameText, replace, suggest } from './edits.ts'
import { type Finding, type Rule, type RuleContext, type RuleEntry, severityOf } from './rule.ts'

/** AMC wants every column by name; over a WITH part third parties report that it works. */
export const star: Rule = {
  code: 'AMC001',
  severity: 'error',
  check(context, report) {
    const stars = context.selects.flatMap((select) =>
      select.node.items.filter(({ expression }) => expression.kind === 'star').map((item) => ({ select, item })),
    )
    const usage = stars.length === 0 ? null : usedColumns(context)
    for (const { select, item } of stars) {
      const table = isRefusedStar(select)(item)
      report(item, {
        ...(!table && { severity: severityOf(context.dialect.undocumented) }),
        message: table ? 'AMC does not accept * for the columns of a table' : 'Amazon documents no * in a SELECT list',
        help: 'Name the columns that you need',
        ...columnNames(context, select, item, table, usage?.get(select) ?? null),
      })
    }
  },
}

export const starEntry: RuleEntry = {
  rule: star,
  title: 'No star',
  why: 'AMC refuses `SELECT *` over a table: every column must be named, so that its privacy class is known. Over a WITH part others report that it runs, which is a warning here. `COUNT(*)` is fine.',
  source: 'fact',
  bad: `WITH seen AS (SELECT * FROM dsp_impressions)
SELECT campaign, SUM(impressions) AS impressions FROM seen GROUP BY campaign`,
  good: `WITH seen AS (SELECT campaign, impressions FROM dsp_impressions)
SELECT campaign, SUM(impressions) AS impressions FROM seen GROUP BY campaign`,
}

/** Whether an item is a star over the columns of a table, which is an error by itself. */
export function isRefusedStar(select: ResolvedSelect): (item: SelectItem) => boolean {
  return ({ expression }) => {
    if (expression.kind !== 'star') return false
    const name = expression.qualifier?.text.toLowerCase()
    const sources = select.sources.filter((source) => name === undefined || source.alias.toLowerCase() === name)
    return sources.length === 0 || sources.some(({ from }) => from.kind === 'table' || from.kind === 'unknown')
  }
}

/** The columns behind a star by name: those that the query around uses, else all; of a table in the final SELECT its totals. */
function columnNames(
  context: RuleContext,
  select: ResolvedSelect,
  item: SelectItem,
  table: boolean,
  usage: ReadonlySet<number> | null,
): Pick<Finding, 'fixes'> {
  const { node, sources } = select
  const columns = select.items.flatMap(({ from, expression }, index) =>
    from === item.from ? [{ expression, index }] : [],
  )
  if (columns.some(({ expression }) => expression.kind === 'star')) return {}
  // Another list than the whole one fits only where nothing else counts its columns.
  const used = node.distinct || node.items.length > 1 ? null : usage
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
  return mend(table ? 'Name the columns that are used' : 'Name the columns', replace(item, names.join(', ')))
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
function totals(context: RuleContext, { node, sources }: ResolvedSelect, item: SelectItem): Pick<Finding, 'fixes'> {
  const [source] = sources
  if (source === undefined || sources.length > 1 || node.items.length > 1) return {}
  if (node.groupBy.length > 0 || node.distinct || context.audience) return {}
  const sums = source.relation.columns
    .filter(({ metric, type, threshold }) => metric && isNumber(type) && !forbidsLiterals(threshold))
    .slice(0, 12)
    .map(({ name }) => `SUM(${nameText(name)}) AS ${nameText(name)}`)
  return sums.length === 0 ? {} : suggest('Sum up what the table measures', replace(item, sums.join(', ')))
}
