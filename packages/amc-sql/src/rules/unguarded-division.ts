import type { Edit } from '../diagnostic.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Expression } from '../tree.ts'
import { insert, mend } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** What AMC answers to a division by zero is not documented. */
export const unguardedDivision: Rule = {
  code: 'AMC026',
  severity: 'warning',
  check(context, report) {
    let guarded: ReadonlySet<Expression> | null = null
    for (const division of context.expressions('chain')) {
      if (!division.operators.includes('/')) continue
      for (const [at, operator] of division.operators.entries()) {
        const divisor = division.operands[at + 1]
        if (operator !== '/' || divisor === undefined || isNeverZero(divisor)) continue
        const facts = context.facts(divisor)
        if (facts === undefined || facts.constant || facts.type.kind === 'UNKNOWN') continue
        guarded ??= guardedExpressions(context)
        if (guarded.has(division)) break
        report(divisor, {
          message: 'The divisor can be zero',
          help: 'Write NULLIF(…, 0) around it',
          ...mend('Write NULLIF(…, 0)', ...guardEdits(context, divisor)),
        })
      }
    }
  },
}

export const unguardedDivisionEntry: RuleEntry = {
  rule: unguardedDivision,
  title: 'A divisor is guarded against zero',
  why: 'What AMC makes of a division by zero is not documented: the run may fail, or the value may be empty. `NULLIF(x, 0)` gives an empty value for certain. A division inside CASE or IF is taken to be guarded by its condition.',
  source: 'report',
  bad: `SELECT campaign, SUM(clicks) / SUM(impressions) AS click_rate
FROM sponsored_ads_traffic
GROUP BY campaign`,
  good: `SELECT campaign, SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_rate
FROM sponsored_ads_traffic
GROUP BY campaign`,
}

/** Parentheses that stand around the divisor already become those of the call. */
function guardEdits(context: RuleContext, divisor: Expression): Edit[] {
  const { from } = context.withParentheses(divisor)
  if (from < divisor.from) return [insert(from, 'NULLIF'), insert(divisor.to, ', 0')]
  return [insert(divisor.from, 'NULLIF('), insert(divisor.to, ', 0)')]
}

/** What stands inside CASE or IF, whose condition is taken to look at the divisor. */
function guardedExpressions(context: RuleContext): ReadonlySet<Expression> {
  const guarded = new Set<Expression>()
  const pending: Expression[] = [
    ...context.expressions('case'),
    ...context.expressions('call').filter(({ name }) => name.text.toUpperCase() === 'IF'),
  ]
  for (let node = pending.pop(); node !== undefined; node = pending.pop())
    for (const child of childrenOf(node)) {
      if (guarded.has(child)) continue
      guarded.add(child)
      pending.push(child)
    }
  return guarded
}

/** NULLIF anywhere in it, a count of rows, or a least value. */
function isNeverZero(node: Expression): boolean {
  if (node.kind !== 'call') return childrenOf(node).some(isNeverZero)
  const name = node.name.text.toUpperCase()
  if (name === 'COUNT') return node.arguments[0]?.kind === 'star'
  if (name === 'GREATEST') return node.arguments.some((one) => one.kind === 'literal' && Number(one.value) > 0)
  return name === 'NULLIF' || node.arguments.some(isNeverZero)
}
