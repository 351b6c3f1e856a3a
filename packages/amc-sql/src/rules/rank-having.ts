import type { Edit, Fix } from '../diagnostic.ts'
import { childrenOf } from '../resolve/children.ts'
import { conjuncts } from '../resolve/conjuncts.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { ColumnReference, Expression } from '../tree.ts'
import { insert, nameText, replace } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** Amazon's list of limitations: HAVING on the alias of a rank does not operate correctly. */
export const rankHaving: Rule = {
  code: 'AMC035',
  severity: 'warning',
  check(context, report) {
    for (const select of context.selects) {
      const { having } = select.node
      if (having === null || !filtersRankAlias(context, having)) continue
      const [first] = rankAliases(context, having)
      const name = first === undefined ? 'The rank' : context.textOf(first)
      const fix = outerFilter(context, select, having)
      report(having, {
        message: `${name} is a rank, and HAVING does not filter ranks correctly in AMC`,
        help: 'Put the SELECT into FROM or a WITH part and filter outside with WHERE',
        ...(fix !== null && { fixes: [fix] }),
      })
    }
  },
}

export const rankHavingEntry: RuleEntry = {
  rule: rankHaving,
  title: 'No rank in HAVING',
  why: `Amazon's list of limitations says that HAVING on the alias of RANK() "does not operate correctly". Compute the rank in an inner query and filter it outside with WHERE. Local data is filtered as it is meant, so its result says nothing about AMC's.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions, RANK() OVER (ORDER BY SUM(impressions) DESC) AS place
FROM dsp_impressions
GROUP BY campaign
HAVING place <= 10`,
  good: `SELECT campaign, impressions, place FROM (
  SELECT campaign, SUM(impressions) AS impressions, RANK() OVER (ORDER BY SUM(impressions) DESC) AS place
  FROM dsp_impressions
  GROUP BY campaign
) AS ranked
WHERE place <= 10`,
}

/** Whether every window in a HAVING is there by the alias of a rank; others AMC refuses. */
export function filtersRankAlias(context: RuleContext, having: Expression): boolean {
  return rankAliases(context, having).length > 0 && !holdsOtherWindow(context, having)
}

function rankAliases(context: RuleContext, node: Expression): ColumnReference[] {
  if (node.kind === 'column') return isRankAlias(context, node) ? [node] : []
  return childrenOf(node).flatMap((child) => rankAliases(context, child))
}

function isRankAlias(context: RuleContext, node: ColumnReference): boolean {
  const binding = context.resolution.bindings.get(node)
  if (binding?.kind !== 'alias') return false
  const { expression } = binding
  return (
    expression.kind === 'call' &&
    expression.over !== null &&
    /^(RANK|DENSE_RANK|ROW_NUMBER)$/i.test(expression.name.text)
  )
}

function holdsOtherWindow(context: RuleContext, node: Expression): boolean {
  if (node.kind === 'column') return !isRankAlias(context, node) && context.facts(node)?.window === true
  if (node.kind === 'call' && node.over !== null) return true
  return childrenOf(node).some((child) => holdsOtherWindow(context, child))
}

/** The SELECT as a query in FROM with the filter behind it, where all that it filters has a name. */
function outerFilter(context: RuleContext, { node, items }: ResolvedSelect, having: Expression): Fix | null {
  const outer = conjuncts(having).filter((condition) => rankAliases(context, condition).length > 0)
  const inner = conjuncts(having).filter((condition) => !outer.includes(condition))
  const names = items.map(({ expression, alias }) =>
    alias !== null ? alias.text : expression.kind === 'column' ? (expression.parts.at(-1)?.text ?? '') : '',
  )
  const whole = context.withParentheses(having)
  const word = context.tokenBefore(whole.from)
  const before = word === null ? null : context.tokenBefore(word.from)
  if (word?.word !== 'HAVING' || before === null || names.includes('') || items.length !== node.items.length)
    return null
  if (!outer.every((condition) => namesOnly(context, condition))) return null
  const text = (conditions: readonly Expression[]): string =>
    conditions.map((condition) => context.textOf(context.withParentheses(condition))).join(' AND ')
  const rest: Edit = inner.length === 0 ? { from: before.to, to: whole.to, text: '' } : replace(whole, text(inner))
  const filter = `) AS ranked WHERE ${text(outer)}`
  const edits: Edit[] = [insert(node.from, `SELECT ${names.map(nameText).join(', ')} FROM (`)]
  if (whole.to === node.to) edits.push({ ...rest, text: rest.text + filter })
  else edits.push(rest, insert(node.to, filter))
  return { title: 'Filter the rank outside', edits }
}

/** Whether a condition reads output columns by their names alone. */
function namesOnly(context: RuleContext, node: Expression): boolean {
  if (node.kind === 'column') return context.resolution.bindings.get(node)?.kind === 'alias'
  if (node.kind === 'call' && context.facts(node)?.aggregate === true) return false
  return childrenOf(node).every((child) => namesOnly(context, child))
}
