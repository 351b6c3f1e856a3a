import { conjuncts } from '../resolve/conjuncts.ts'
import { stringLiteral } from '../resolve/calls.ts'
import type { ResolvedSelect, Source } from '../resolve/resolution.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Table } from '../schema.ts'
import type { Expression } from '../tree.ts'
import { dropConditions } from './conditions.ts'
import { mend, suggest } from '../edits.ts'
import { type Rule, type RuleContext, type RuleEntry } from './rule.ts'

/** The execution's window limits every table by its own time already (HELP, attributed events guide). */
export const repeatedWindow: Rule = {
  code: 'AMC023',
  severity: 'warning',
  check(context, report) {
    const bounds = context.selects.flatMap((select) => boundsOf(context, select))
    if (bounds.length === 0) return
    const compared = comparesPeriods(context, bounds)
    // What one SELECT repeats goes with one fix; what surely repeats the window apart from what may only do so.
    const alike = new Map<ResolvedSelect, { sure: Expression[]; likely: Expression[] }>()
    for (const bound of bounds) {
      const verdict = judge(context, bound, compared)
      if (verdict === null) continue
      const found = alike.get(bound.select) ?? { sure: [], likely: [] }
      alike.set(bound.select, found)
      if (verdict === 'sure') found.sure.push(bound.condition)
      else found.likely.push(bound.condition)
    }
    for (const [{ node }, { sure, likely }] of alike)
      for (const [conditions, message, change] of [
        [sure, repeats, mend],
        [likely, `${repeats}; this date stays when the window moves`, suggest],
      ] as const) {
        if (conditions.length === 0) continue
        const drops = node.where && dropConditions(context, node.where, new Set(conditions))
        const fix = drops === null ? {} : change('Leave the date filter out', ...drops)
        for (const condition of conditions)
          report(condition, { message, help: 'Leave it out, and set the time window of the run', ...fix })
      }
  },
}

const repeats = 'The time window of the run limits this table already'

export const repeatedWindowEntry: RuleEntry = {
  rule: repeatedWindow,
  title: 'No date filter that repeats the time window',
  why: 'A run has a time window, and AMC limits every table by it. A date filter on the same column either repeats it, or cuts off days without a word when the query runs again with another window. Such a filter is right on a table that EXTEND_TIME_WINDOW reads further, and where periods inside the window are compared.',
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
WHERE impression_dt_utc >= '2025-07-01' AND impression_dt_utc < '2025-08-01'
GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign`,
}

interface Bound {
  select: ResolvedSelect
  condition: Expression
  lower: boolean
  upper: boolean
  /** A literal as written, an end of the run's window, or both ends of BETWEEN. */
  edge: string | { start: boolean }
}

/** The members of WHERE that compare the window column of a table that is not read further with a fixed time. */
function boundsOf(context: RuleContext, select: ResolvedSelect): Bound[] {
  return conjuncts(select.node.where).flatMap((condition): Bound[] => {
    if (condition.kind === 'between' && !condition.negated && isWindowColumn(context, condition.operand)) {
      const [low, high] = [edgeOf(condition.low), edgeOf(condition.high)]
      return typeof low === 'string' && typeof high === 'string'
        ? [{ select, condition, lower: true, upper: true, edge: `${low} ${high}` }]
        : []
    }
    if (condition.kind !== 'binary' || condition.operator === '<>' || condition.operator === '!=') return []
    const { operator } = condition
    const turned = isWindowColumn(context, condition.right)
    if (!turned && !isWindowColumn(context, condition.left)) return []
    const edge = edgeOf(turned ? condition.left : condition.right)
    if (edge === null) return []
    if (operator === '=') return []
    const lower = operator.startsWith('>') !== turned
    return [{ select, condition, lower, upper: !lower, edge }]
  })
}

/** The column that the window limits, also cast to a date or cut to a unit. */
function isWindowColumn(context: RuleContext, node: Expression): boolean {
  if (node.kind === 'cast') return isWindowColumn(context, node.operand)
  if (node.kind === 'call' && node.name.text.toUpperCase() === 'DATE_TRUNC') {
    const last = childrenOf(node).at(-1)
    return last !== undefined && isWindowColumn(context, last)
  }
  if (node.kind !== 'column') return false
  const binding = context.resolution.bindings.get(node)
  return binding?.kind === 'column' && isWindow(binding.source, binding.index)
}

function isWindow({ from, relation }: Source, index: number): boolean {
  if (from.kind !== 'table' || from.table.timeColumn === null || from.widened !== null) return false
  const name = relation.columns[index]?.name.toLowerCase() ?? ''
  const time = from.table.timeColumn
  // dsp tables name the day of impression_dt_utc impression_date_utc.
  return name === time || name === time.replace(/_dt(_utc)?$/, '_date$1')
}

/** A fixed time, or an end of the window of the run. */
function edgeOf(node: Expression): Bound['edge'] | null {
  if (node.kind === 'cast') return edgeOf(node.operand)
  if (node.kind === 'literal' && /^\d{4}-\d\d-\d\d/.test(node.value)) return node.value
  if (node.kind !== 'call' || node.name.text.toUpperCase() !== 'BUILT_IN_PARAMETER') return null
  const name = stringLiteral(node.arguments[0])?.toUpperCase()
  return name === 'TIME_WINDOW_START' || name === 'TIME_WINDOW_END' ? { start: name === 'TIME_WINDOW_START' } : null
}

/** True where parts of the text look at different periods: no window of the run can stand for them. */
function comparesPeriods(context: RuleContext, bounds: readonly Bound[]): boolean {
  const periods = new Map<ResolvedSelect, string>()
  for (const { select, edge } of bounds)
    if (typeof edge === 'string') periods.set(select, `${periods.get(select) ?? ''} ${edge}`)
  if (new Set(periods.values()).size > 1) return true
  const filtered = new Set([...periods.keys()].flatMap(tablesOf))
  return context.selects.some((select) => !periods.has(select) && tablesOf(select).some((table) => filtered.has(table)))
}

function tablesOf({ sources }: ResolvedSelect): Table[] {
  return sources.flatMap(({ from }) => (from.kind === 'table' ? [from.table] : []))
}

/** Whether a bound surely repeats the window, only likely because the window is not known, or means something else. */
function judge(context: RuleContext, { lower, upper, edge }: Bound, compared: boolean): 'sure' | 'likely' | null {
  if (typeof edge !== 'string') return edge.start === lower ? 'sure' : null
  if (context.run === null) return compared ? null : 'likely'
  const { start, end } = context.run.window
  const [from = '', to = ''] = lower && upper ? edge.split(/ (?=\d{4}-)/) : [edge, edge]
  const before = !lower || atNight(from) <= start
  const after = !upper || atNight(to) >= end
  return before && after ? 'sure' : null
}

/** A date as its first moment, so that it compares with an end of the window. */
function atNight(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T').slice(0, 19)
}
