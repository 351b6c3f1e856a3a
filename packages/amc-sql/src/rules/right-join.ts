import type { FromItem } from '../resolve/resolution.ts'
import type { Report, Rule } from './rule.ts'

/** AMC's list of limitations names RIGHT JOIN. */
export const rightJoin: Rule = {
  code: 'AMC007',
  check(context, report) {
    for (const select of context.selects) for (const item of select.from) checkJoin(item, report)
  },
}

function checkJoin(item: FromItem, report: Report): void {
  for (let at = item; at.kind === 'join'; at = at.left) {
    checkJoin(at.right, report)
    if (at.type !== 'right') continue
    report(at.node.operator, {
      message: 'AMC has no RIGHT JOIN',
      help: 'Swap the two tables and write LEFT JOIN',
    })
  }
}
