import { childrenOf } from '../resolve/children.ts'
import type { FaultOf } from '../resolve/faults.ts'
import type { Expression } from '../tree.ts'
import { mend, operandText, replace } from './edits.ts'
import { moveToHaving } from './having-edits.ts'
import type { Finding, Rule, RuleContext, RuleEntry } from './rule.ts'

/** An alias is no name yet in WHERE, in ON and beside it in the select list. */
export const aliasScope: Rule = {
  code: 'AMC016',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('sibling-alias')) {
      const { range, name, clause } = fault
      report(range, {
        message:
          clause === 'SELECT'
            ? `${name} is an alias of the same SELECT and no column yet`
            : `${name} is an alias, and ${clause} is read before it exists`,
        help:
          clause === 'WHERE'
            ? 'Repeat the expression, use HAVING where it is an aggregate, or go on from a WITH part'
            : 'Repeat the expression, or put the SELECT into a WITH part and go on from there',
        amc: `Column '${name}' not found in any table`,
        ...repeated(context, fault),
      })
    }
  },
}

export const aliasScopeEntry: RuleEntry = {
  rule: aliasScope,
  title: 'An alias is no column of its own SELECT',
  why: 'WHERE and ON are read before the aliases of the select list exist, and one item cannot use the alias of another. GROUP BY and HAVING know them. Repeat the expression, or compute it in a WITH part.',
  source: 'choice',
  bad: `SELECT campaign, total_cost / 100000 AS dollars, COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE dollars > 1
GROUP BY 1, 2`,
  good: `SELECT campaign, total_cost / 100000 AS dollars, COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE (total_cost / 100000) > 1
GROUP BY 1, 2`,
}

/** The expression in the place of its alias; not where that would need the same again. */
function repeated(context: RuleContext, { range, name, clause }: FaultOf<'sibling-alias'>): Pick<Finding, 'fixes'> {
  const wanted = name.toLowerCase()
  const select = context.selectAround(range)
  const item = select?.node.items.find(({ alias }) => alias?.text.toLowerCase() === wanted)
  if (item === undefined) return {}
  const facts = context.facts(item.expression)
  // HAVING knows the alias of an aggregate.
  if (clause === 'WHERE' && facts?.aggregate === true && !facts.window && select !== null)
    return moveToHaving(context, select, ({ from, to }) => from <= range.from && range.to <= to)
  const unfit = facts === undefined || (clause !== 'SELECT' && (facts.aggregate || facts.window))
  if (unfit || !isComplete(context, item.expression)) return {}
  return mend(`Repeat the expression of ${name}`, replace(range, operandText(context.text, item.expression)))
}

/** True where every name in an expression has a meaning, so that it can stand elsewhere. */
function isComplete(context: RuleContext, node: Expression): boolean {
  if (node.kind === 'column') return context.resolution.bindings.has(node)
  return childrenOf(node).every((child) => isComplete(context, child))
}
