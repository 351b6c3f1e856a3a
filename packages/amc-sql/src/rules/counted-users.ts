import type { Resolution, ResolvedBody } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import type { Rule } from './rule.ts'

/** COUNT(user_id) counts events, whatever its alias says. */
export const countedUsers: Rule = {
  code: 'AMC037',
  severity: 'warning',
  check({ selects, resolution }, report) {
    for (const select of selects)
      for (const { expression, alias } of select.node.items) {
        if (alias === null || !/user|reach|people|person|audience/i.test(alias.text)) continue
        if (expression.kind !== 'call' || expression.distinct || expression.name.text.toUpperCase() !== 'COUNT')
          continue
        const [argument] = expression.arguments
        const type = argument === undefined ? undefined : resolution.expressions.get(argument)?.type
        if (argument === undefined || type?.kind !== 'STRING' || type.userId !== true) continue
        if (isOnceEach(resolution, argument)) continue
        report(expression, {
          severity: 'warning',
          message: `COUNT counts rows, so ${alias.text} holds events and not people`,
          help: 'Write COUNT(DISTINCT user_id)',
        })
      }
  },
}

/** Behind GROUP BY user_id or DISTINCT, in a query of its own, a user stands in one row per group. */
function isOnceEach(resolution: Resolution, argument: Expression): boolean {
  const binding = argument.kind === 'column' ? resolution.bindings.get(argument) : undefined
  if (binding?.kind !== 'column') return false
  const { from } = binding.source
  if (from.kind === 'cte') return isGrouped(from.cte.query.body)
  return from.kind === 'query' && isGrouped(from.query.body)
}

function isGrouped(body: ResolvedBody): boolean {
  if (body.kind === 'select') return body.groupBy.length > 0 || body.node.distinct
  return body.kind === 'parenthesized' ? isGrouped(body.query.body) : body.kind === 'union' && !body.node.all
}
