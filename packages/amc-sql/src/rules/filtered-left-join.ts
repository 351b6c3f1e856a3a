import type { Fix } from '../diagnostic.ts'
import { conjuncts } from '../resolve/conjuncts.ts'
import type { ResolvedJoin, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { dropConditions } from './conditions.ts'
import { insert, replace } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** LEFT JOIN keeps rows without a partner, and a filter on the partner's columns drops them again. */
export const filteredLeftJoin: Rule = {
  code: 'AMC044',
  severity: 'info',
  check(context, report) {
    for (const select of context.selects) {
      if (select.node.where === null || select.sources.length < 2) continue
      const joins = leftJoins(select)
      if (joins.size === 0) continue
      for (const condition of conjuncts(select.node.where))
        for (const source of neededSources(context, condition)) {
          const join = joins.get(source)
          if (join === undefined) continue
          joins.delete(source)
          report(condition, {
            message: `This drops the rows that LEFT JOIN ${source.alias} keeps, so the join acts as an INNER JOIN`,
            help: 'Write INNER JOIN; or put the condition into ON, if the rows without a partner are wanted',
            fixes: fixesOf(context, select, join, condition),
          })
        }
    }
  },
}

export const filteredLeftJoinEntry: RuleEntry = {
  rule: filteredLeftJoin,
  title: 'No LEFT JOIN that WHERE turns into an INNER JOIN',
  why: `LEFT JOIN keeps the rows that find no partner, with NULL in the partner's columns. A condition on those columns in WHERE is not true for NULL, so exactly these rows go again. Write INNER JOIN, which runs faster; or, where the rows were wanted, move the condition into ON.`,
  source: 'fact',
  bad: `WITH clicks AS (SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id)
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users FROM dsp_impressions i
LEFT JOIN clicks c ON c.user_id = i.user_id
WHERE c.clicks > 1 AND i.user_id IS NOT NULL
GROUP BY i.campaign`,
  good: `WITH clicks AS (SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id)
SELECT i.campaign, COUNT(DISTINCT i.user_id) AS users FROM dsp_impressions i
INNER JOIN clicks c ON c.user_id = i.user_id
WHERE c.clicks > 1 AND i.user_id IS NOT NULL
GROUP BY i.campaign`,
}

/** The left joins of a SELECT by the source on their right. */
function leftJoins(select: ResolvedSelect): Map<Source, ResolvedJoin> {
  const joins = new Map<Source, ResolvedJoin>()
  for (const item of select.from)
    for (let at = item; at.kind === 'join'; at = at.left) {
      // Behind a FULL or RIGHT JOIN the left side is optional too.
      if (at.type === 'full' || at.type === 'right') joins.clear()
      else if (at.type === 'left' && at.right.kind === 'source') joins.set(at.right, at)
    }
  return joins
}

/** The sources without whose values a condition is never true. */
function neededSources(context: RuleContext, node: Expression): ReadonlySet<Source> {
  switch (node.kind) {
    case 'binary':
      return new Set([...readSources(context, node.left), ...readSources(context, node.right)])
    case 'is':
      return node.negated === (node.test === 'NULL') ? readSources(context, node.operand) : none
    case 'in-list':
    case 'in-subquery':
    case 'like':
    case 'between':
      return readSources(context, node.operand)
    case 'chain': {
      if (node.operators[0] === 'AND')
        return new Set(node.operands.flatMap((operand) => [...neededSources(context, operand)]))
      if (node.operators[0] !== 'OR') return none
      const [first, ...others] = node.operands.map((operand) => neededSources(context, operand))
      return new Set([...(first ?? none)].filter((source) => others.every((other) => other.has(source))))
    }
    default:
      return none
  }
}

const none: ReadonlySet<Source> = new Set()

/** Functions whose result is NULL where their argument is. */
const passing =
  /^(LOWER|UPPER|TRIM|LENGTH|ABS|ROUND|FLOOR|CEIL|DATE_TRUNC|SECONDS_BETWEEN|SUBSTRING|REPLACE|HOUR|DAYOFWEEK)$/i

/** The sources whose NULL makes a value NULL. */
function readSources(context: RuleContext, node: Expression): ReadonlySet<Source> {
  switch (node.kind) {
    case 'column': {
      const binding = context.resolution.bindings.get(node)
      return binding?.kind === 'column' ? new Set([binding.source]) : none
    }
    case 'cast':
    case 'unary':
    case 'extract':
      return readSources(context, node.operand)
    case 'chain':
      return /^[-+*/]$/.test(node.operators[0] ?? '')
        ? new Set(node.operands.flatMap((operand) => [...readSources(context, operand)]))
        : none
    case 'call':
      return passing.test(node.name.text)
        ? new Set(node.arguments.flatMap((argument) => [...readSources(context, argument)]))
        : none
    default:
      return none
  }
}

/** INNER JOIN answers the same; the condition in ON brings the lost rows back. */
function fixesOf(context: RuleContext, select: ResolvedSelect, { node }: ResolvedJoin, condition: Expression): Fix[] {
  const fixes: Fix[] = [{ title: 'Write INNER JOIN', edits: [replace(node.operator, 'INNER JOIN')] }]
  const removed = select.node.where === null ? null : dropConditions(context, select.node.where, new Set([condition]))
  if (removed === null || node.on === null) return fixes
  const text = context.textOf(condition)
  const [open, close] = condition.kind === 'chain' ? ['(', ')'] : ['', '']
  const on = node.on.kind === 'chain' && node.on.operators[0] === 'OR' ? context.withParentheses(node.on) : node.on
  const isBare = on === node.on && node.on.kind === 'chain' && node.on.operators[0] === 'OR'
  const edits = [
    ...(isBare ? [insert(on.from, '(')] : []),
    insert(on.to, `${isBare ? ')' : ''} AND ${open}${text}${close}`),
    ...removed,
  ]
  return [...fixes, { title: 'Move the condition into ON', edits, suggestion: true }]
}
