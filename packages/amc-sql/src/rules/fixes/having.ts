import type { ResolvedSelect } from '../../resolve/resolution.ts'
import type { Expression } from '../../tree.ts'
import { dropConditions } from '../conditions.ts'
import { insert, type Mending, mend } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** Moves members of WHERE to HAVING, where aggregates and their aliases are known; those beside them stay. */
export function moveToHaving(
  context: RuleContext,
  select: ResolvedSelect,
  belongs: (operand: Expression) => boolean,
): Mending {
  const { where, having, groupBy, windows } = select.node
  if (where === null || !select.aggregate || windows.length > 0) return {}
  const operands = where.kind === 'chain' && where.operators[0] === 'AND' ? where.operands : [where]
  const moved = operands.filter(belongs)
  if (moved.length === 0 || moved.some((operand) => context.facts(operand)?.window === true)) return {}
  const edits = dropConditions(context, where, new Set(moved))
  if (edits === null) return {}
  const title = 'Move it to HAVING'
  if (having !== null) {
    const { from, to } = context.withParentheses(having)
    const more = moved.map((operand) => ` AND ${asMember(context, operand, true)}`).join('')
    const bare = isOr(having) && from === having.from
    return mend(title, ...edits, ...(bare ? [insert(from, '('), insert(to, `)${more}`)] : [insert(to, more)]))
  }
  const condition = ` HAVING ${moved.map((operand) => asMember(context, operand, moved.length > 1)).join(' AND ')}`
  const last = groupBy.at(-1)
  const end = context.withParentheses(last ?? where).to
  const whole = edits.find((edit) => edit.to === end)
  // Without GROUP BY the new clause stands where the old condition ended.
  if (whole !== undefined) whole.text = condition
  else edits.push(insert(end, condition))
  return mend(title, ...edits)
}

/** A condition as a member of an AND: an OR needs its parentheses. */
function asMember(context: RuleContext, node: Expression, among: boolean): string {
  const written = context.textOf(node)
  return among && isOr(node) ? `(${written})` : written
}

function isOr(node: Expression): boolean {
  return node.kind === 'chain' && node.operators[0] === 'OR'
}
