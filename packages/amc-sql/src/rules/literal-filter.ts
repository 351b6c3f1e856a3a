import { childrenOf } from '../resolve/children.ts'
import type { ExpressionFacts, Resolution } from '../resolve/resolution.ts'
import { forbidsLiterals } from '../resolve/thresholds.ts'
import type { Expression, Query } from '../tree.ts'
import type { Rule, RuleEntry } from './rule.ts'

/** Expressions that compare. */
const kinds = ['binary', 'in-list', 'between', 'like', 'in-subquery', 'case', 'call'] as const
const comparing: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '<=', '>', '>='])
const searching =
  /^(NULLIF|REGEXP_REPLACE|REGEXP_SUBSTR|REGEXP_SPLIT|POSITION|INSTR|STRPOS|CHARINDEX|LOCATE|CONTAINED_IN|ARRAY_CONTAINS)$/i

/** Columns of class HIGH and VERY_HIGH must not meet a literal or a parameter: that would look for a person. */
export const literalFilter: Rule = {
  code: 'AMC006',
  severity: 'error',
  privacy: true,
  check(context, report) {
    for (const kind of kinds)
      for (const expression of context.expressions(kind)) {
        const compared = comparedExpressions(expression)
        if (kind !== 'in-subquery' && !compared.some((node) => isGuarded(context.facts(node)))) continue
        const sides = comparedSides(expression, compared, context.resolution)
        const guarded = sides.find(({ facts }) => isGuarded(facts))
        if (guarded === undefined || !sides.some(({ facts }) => facts.constant && facts.type.kind !== 'NULL')) continue
        report(expression, {
          message: `${context.textOf(guarded.node)} is of class ${guarded.facts.threshold} and must not be compared with a fixed value`,
          help: 'Filter on a coarser column, or group by it',
        })
      }
  },
}

export const literalFilterEntry: RuleEntry = {
  rule: literalFilter,
  title: 'No fixed value against a HIGH or VERY_HIGH column',
  why: 'A comparison of a postal code or a user id with a literal or a parameter would look for a few people, so AMC refuses it: in WHERE and ON, in CASE, LIKE, IN, regular expressions and text search alike, also where the values stand in a VALUES part. `user_id IS NOT NULL` and `a.user_id = b.user_id` are fine. Filter on a coarser column, or group by this one and read the result.',
  source: 'fact',
  bad: `SELECT COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE postal_code IN ('10001', '10002')`,
  good: `SELECT COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE iso_state_province_code = 'US-NY'`,
}

function isGuarded(facts: ExpressionFacts | undefined): boolean {
  return facts !== undefined && forbidsLiterals(facts.threshold)
}

interface Side {
  node: Expression | Query
  facts: ExpressionFacts
}

function comparedSides(expression: Expression, compared: readonly Expression[], resolution: Resolution): Side[] {
  const sides: Side[] = []
  for (const node of compared) {
    const facts = resolution.expressions.get(node)
    if (facts !== undefined) sides.push({ node, facts })
  }
  if (expression.kind === 'in-subquery') {
    const column = resolution.queries.get(expression.query)?.relation.columns[0]
    const [operand] = sides
    // A list of fixed values stays one behind VALUES and a WITH part, on either side.
    if (column !== undefined && operand !== undefined)
      sides.push({
        node: column.constant ? expression.operand : expression.query,
        facts: { ...operand.facts, ...column, threshold: column.constant ? 'NONE' : column.threshold },
      })
  }
  return sides
}

function comparedExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'binary':
      return comparing.has(node.operator) ? [node.left, node.right] : []
    case 'in-list':
    case 'between':
    case 'like':
    case 'in-subquery':
      return childrenOf(node)
    case 'case':
      return node.operand === null ? [] : [node.operand, ...node.branches.map((branch) => branch.when)]
    case 'call':
      return searching.test(node.name.text) ? node.arguments : []
    default:
      return []
  }
}
