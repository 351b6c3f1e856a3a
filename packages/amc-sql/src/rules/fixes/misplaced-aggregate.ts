import type { FaultOf } from '../../resolve/faults.ts'
import type { ResolvedSelect } from '../../resolve/resolution.ts'
import { type Mending, mend } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'
import { dropKeys } from './grouping.ts'
import { moveToHaving } from './having.ts'

/** An aggregate of WHERE in HAVING, and none in GROUP BY. */
export function moveAggregate(context: RuleContext, fault: FaultOf<'aggregate-misplaced'>): Mending {
  const select = context.selectAround(fault.range)
  if (select === null || fault.window) return {}
  if (fault.where === 'GROUP BY') return withoutKey(context, select, fault)
  if (fault.where !== 'WHERE') return {}
  return moveToHaving(context, select)
}

function withoutKey(context: RuleContext, select: ResolvedSelect, { range }: FaultOf<'aggregate-misplaced'>): Mending {
  const at = select.node.groupBy.findIndex((key) => key.from <= range.from && range.to <= key.to)
  const edits = at === -1 ? null : dropKeys(context, select, new Set([at]))
  return edits === null ? {} : mend('Leave it out of GROUP BY', ...edits)
}
