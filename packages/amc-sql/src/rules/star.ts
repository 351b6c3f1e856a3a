import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { SelectItem } from '../tree.ts'
import { type Rule, type RuleEntry, severityOf } from './rule.ts'

/** AMC wants every column by name; over a WITH part third parties report that it works. */
export const star: Rule = {
  code: 'AMC001',
  severity: 'error',
  check(context, report) {
    for (const select of context.selects)
      for (const item of select.node.items) {
        if (item.expression.kind !== 'star') continue
        const table = isRefusedStar(select)(item)
        report(item, {
          ...(!table && { severity: severityOf(context.dialect.undocumented) }),
          message: table
            ? 'AMC does not accept * for the columns of a table'
            : 'Amazon documents no * in a SELECT list',
          help: 'Name the columns that you need',
          ...context.menders.nameColumns?.(context, select, item, table),
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
    const name = expression.qualifier?.key
    const sources = select.sources.filter((source) => name === undefined || source.alias.toLowerCase() === name)
    return sources.length === 0 || sources.some(({ from }) => from.kind === 'table' || from.kind === 'unknown')
  }
}
