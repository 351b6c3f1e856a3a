import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { SelectItem } from '../tree.ts'
import type { Rule } from './rule.ts'

/** AMC wants every column by name; over a WITH part third parties report that it works. */
export const star: Rule = {
  code: 'AMC001',
  severity: 'error',
  check(context, report) {
    for (const select of context.selects)
      for (const item of select.node.items) {
        if (item.expression.kind !== 'star') continue
        report(item, {
          severity: isRefusedStar(select)(item) ? 'error' : 'warning',
          message: 'AMC does not accept * for the columns of a table',
          help: 'Name the columns that you need',
        })
      }
  },
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
