import type { Edit } from '../diagnostic.ts'
import { canBeNull } from '../lineage/nulls.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import { addCondition } from './conditions.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** One NULL in the list makes NOT IN unknown for every row. */
export const notInNulls: Rule = {
  code: 'AMC033',
  severity: 'warning',
  check(context, report) {
    for (const node of context.expressions('in-subquery')) {
      const query = context.resolution.queries.get(node.query)
      if (!node.negated || query === undefined || query.relation.columns.length !== 1) continue
      if (!canBeNull(context.resolution, query.body, 0)) continue
      const edits = query.body.kind === 'select' ? withoutNulls(context, query.body) : null
      const item = query.body.kind === 'select' ? query.body.items[0] : undefined
      const value = item === undefined ? 'the value' : context.textOf(item.expression)
      report(node, {
        message: 'One NULL among these values makes NOT IN true for no row at all',
        help: `Add ${value} IS NOT NULL inside, or write LEFT JOIN … WHERE … IS NULL`,
        ...(edits !== null && { fixes: [{ title: `Add ${value} IS NOT NULL`, edits }] }),
      })
    }
  },
}

export const notInNullsEntry: RuleEntry = {
  rule: notInNulls,
  title: 'NOT IN over values that are all known',
  why: `\`x NOT IN (…)\` asks whether x differs from every value. With a NULL among them the answer is unknown, never true, and the result is empty. \`user_id\` is NULL in many rows of every table. Filter the subquery by IS NOT NULL, or write LEFT JOIN and keep the rows without a partner.`,
  source: 'fact',
  bad: `SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions
WHERE user_id IS NOT NULL AND user_id NOT IN (SELECT user_id FROM dsp_clicks)`,
  good: `SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions
WHERE user_id IS NOT NULL AND user_id NOT IN (SELECT user_id FROM dsp_clicks WHERE user_id IS NOT NULL)`,
}

/** IS NOT NULL in the WHERE of a subquery that selects one column as it is. */
function withoutNulls(context: RuleContext, select: ResolvedSelect): Edit[] | null {
  const [item] = select.items
  if (item?.expression.kind !== 'column' || !select.node.items.includes(item)) return null
  return addCondition(context, select, `${context.textOf(item.expression)} IS NOT NULL`)
}
