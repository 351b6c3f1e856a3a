import type { FaultOf } from '../../resolve/faults.ts'
import type { ResolvedSelect } from '../../resolve/resolution.ts'
import { neverShown } from '../../resolve/thresholds.ts'
import { type Mending, mend } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'
import { addKeys } from './grouping.ts'

/** One fix for all of a SELECT; in a list of positions a whole item gets its position. */
export function groupThem(
  context: RuleContext,
  select: ResolvedSelect,
  faults: readonly FaultOf<'not-grouped'>[],
): Mending {
  const { node } = select
  const final = context.finalSelects.includes(select)
  const byPosition = node.groupBy.length > 0 && node.groupBy.every(({ kind }) => kind === 'literal')
  const items = new Map(node.items.map(({ expression }, at) => [expression.from, { expression, at }]))
  const keys = new Set<string>()
  for (const { range, text } of faults) {
    const item = items.get(range.from)
    if (item?.expression.kind === 'star') return {}
    const whole = item !== undefined && item.expression.to === range.to ? item : null
    const threshold = whole === null ? 'NONE' : (context.facts(whole.expression)?.threshold ?? 'NONE')
    // A user id in the final grouping would be refused in its turn.
    if (final && neverShown(threshold)) return {}
    keys.add(byPosition && whole !== null ? String(whole.at + 1) : text)
  }
  const names = [...new Set(faults.map(({ text }) => text))]
  return mend(
    `Add ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''} to GROUP BY`,
    addKeys(context, select, [...keys]),
  )
}
