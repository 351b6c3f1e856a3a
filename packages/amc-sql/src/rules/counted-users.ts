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
        if (type?.kind !== 'STRING' || type.userId !== true) continue
        report(expression, {
          severity: 'warning',
          message: `COUNT counts rows, so ${alias.text} holds events and not people`,
          help: 'Write COUNT(DISTINCT user_id)',
        })
      }
  },
}
