import type { Binary } from '../tree.ts'
import { mend, replace } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** `= NULL` is never true. */
export const nullComparison: Rule = {
  code: 'AMC032',
  severity: 'warning',
  check(context, report) {
    for (const node of context.expressions('binary')) {
      if (node.operator !== '=' && node.operator !== '<>' && node.operator !== '!=') continue
      const operand = operandOf(node)
      if (operand === null) continue
      const test = node.operator === '=' ? 'IS NULL' : 'IS NOT NULL'
      report(node, {
        message: 'A comparison with NULL is never true',
        help: `Write ${test}`,
        ...mend(`Write ${test}`, testEdit(context, node, test)),
      })
    }
  },
}

export const nullComparisonEntry: RuleEntry = {
  rule: nullComparison,
  title: 'NULL is tested with IS NULL',
  why: 'A comparison with NULL is neither true nor false, so `= NULL` and `<> NULL` let no row through, without any error.',
  source: 'calcite',
  bad: `SELECT COUNT(DISTINCT user_id) AS users
FROM amazon_attributed_events_by_conversion_time
WHERE ad_product_type = NULL`,
  good: `SELECT COUNT(DISTINCT user_id) AS users
FROM amazon_attributed_events_by_conversion_time
WHERE ad_product_type IS NULL`,
}

function isNull(node: Binary['left']): boolean {
  return node.kind === 'literal' && node.type === 'null'
}

/** The side that is compared with NULL. */
function operandOf({ left, right }: Binary): Binary['left'] | null {
  if (isNull(right)) return left
  return isNull(left) ? right : null
}

function testEdit(context: RuleContext, node: Binary, test: string) {
  if (!isNull(node.right)) return replace(node, `${context.textOf(context.withParentheses(node.right))} ${test}`)
  const operator = context.tokenBefore(node.right.from)
  const from = operator?.from ?? node.right.from
  const glued = /\w/.test(context.text[from - 1] ?? '')
  return replace({ from, to: node.right.to }, glued ? ` ${test}` : test)
}
