import type { Fix } from '../diagnostic.ts'
import { mostSources } from '../lineage/joined-rows.ts'
import { keysOf } from '../lineage/keys.ts'
import { childrenOf } from '../resolve/children.ts'
import { conjuncts } from '../resolve/conjuncts.ts'
import type { Binding, FromItem, ResolvedJoin, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** A join whose condition does not tie its sides together pairs every row with every row. */
export const joinCondition: Rule = {
  code: 'AMC029',
  severity: 'warning',
  check(context, report) {
    for (const select of context.selects) {
      if (select.sources.length < 2 || select.sources.length > mostSources) continue
      for (const item of select.from) checkJoins(context, report, item)
      if (select.from.length > 1) checkCommas(context, report, select)
    }
  },
}

export const joinConditionEntry: RuleEntry = {
  rule: joinCondition,
  title: 'Join conditions tie both sides together',
  why: `With \`ON 1 = 1\`, with a column compared with itself, or with tables side by side and no condition in WHERE, every row of one side meets every row of the other. Totals are multiplied and the query may never end. Join by real keys; where every pair is meant, such as a total of one row beside each line, write CROSS JOIN, which says so.`,
  source: 'fact',
  bad: `WITH total AS (SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions)
SELECT d.campaign, COUNT(DISTINCT d.user_id) AS users, MAX(total.users) AS all_users
FROM dsp_impressions d INNER JOIN total ON 1 = 1
GROUP BY d.campaign`,
  good: `WITH total AS (SELECT COUNT(DISTINCT user_id) AS users FROM dsp_impressions WHERE user_id IS NOT NULL)
SELECT d.campaign, COUNT(DISTINCT d.user_id) AS users, MAX(total.users) AS all_users
FROM dsp_impressions d CROSS JOIN total
WHERE d.user_id IS NOT NULL
GROUP BY d.campaign`,
}

function checkJoins(context: RuleContext, report: Report, item: FromItem): void {
  for (let at = item; at.kind === 'join'; at = at.left) {
    checkJoins(context, report, at.right)
    const condition = at.node.on
    if (condition === null) continue
    if (isAlwaysTrue(context, condition)) {
      report(condition, {
        message: 'This condition is always true, so every row meets every row',
        help: 'Compare the keys of both sides, or write CROSS JOIN where every pair is meant',
        fixes: crossJoin(context, at),
      })
      continue
    }
    // A whole condition that is only known when the query runs.
    if (conjuncts(condition).some(({ kind }) => kind === 'parameter')) continue
    const [left, right] = [sourcesOf(at.left), sourcesOf(at.right)]
    if (ties(context, condition, left, right) || isOneRow(context, right) || isOneRow(context, left)) continue
    report(condition, {
      message: `This condition compares nothing of ${nameOf(right)} with what stands before it, so every row meets every row`,
      help: 'Compare the keys of both sides',
    })
  }
}

/** Tables side by side, `FROM a, b`, with what ties them in WHERE. */
function checkCommas(context: RuleContext, report: Report, select: ResolvedSelect): void {
  const conditions = conjuncts(select.node.where)
  for (const [at, item] of select.from.entries()) {
    if (at === 0) continue
    const [before, own] = [select.from.slice(0, at).flatMap(sourcesOf), sourcesOf(item)]
    const isTied = conditions.some((condition) => ties(context, condition, before, own))
    const isDouble = own.some(({ alias }) => before.some((one) => one.alias.toLowerCase() === alias.toLowerCase()))
    if (isTied || isDouble || isOneRow(context, own) || isOneRow(context, before)) continue
    const comma = context.tokenBefore(item.node.from)
    const previous = comma === null ? null : context.tokenBefore(comma.from)
    report(item.node, {
      message: `No condition ties ${nameOf(own)} to the tables before it, so every row meets every row`,
      help: 'Write INNER JOIN … ON with the keys of both, or CROSS JOIN where every pair is meant',
      ...(comma?.word === ',' &&
        previous !== null && {
          fixes: [
            {
              title: 'Write CROSS JOIN',
              edits: [replace({ from: previous.to, to: item.node.from }, ' CROSS JOIN ')],
              suggestion: true as const,
            },
          ],
        }),
    })
  }
}

/** CROSS JOIN in its place: the same for an inner join. */
function crossJoin(context: RuleContext, { type, node }: ResolvedJoin): Fix[] {
  const whole = node.on === null ? null : context.withParentheses(node.on)
  const word = whole === null ? null : context.tokenBefore(whole.from)
  const before = word === null ? null : context.tokenBefore(word.from)
  if (whole === null || word?.word !== 'ON' || before === null) return []
  const edits = [replace(node.operator, 'CROSS JOIN'), { from: before.to, to: whole.to, text: '' }]
  return [{ title: 'Write CROSS JOIN', edits, ...(type !== 'inner' && { suggestion: true as const }) }]
}

function isAlwaysTrue(context: RuleContext, node: Expression): boolean {
  if (node.kind === 'literal') return node.value === 'TRUE'
  if (node.kind === 'chain' && node.operators[0] === 'AND')
    return node.operands.every((one) => isAlwaysTrue(context, one))
  if (node.kind === 'chain' && node.operators[0] === 'OR')
    return node.operands.some((one) => isAlwaysTrue(context, one))
  if (node.kind !== 'binary' || node.operator !== '=') return false
  const [left, right] = [context.facts(node.left), context.facts(node.right)]
  return left !== undefined && left.id === right?.id
}

/** Whether a condition looks at both sides. */
function ties(context: RuleContext, node: Expression, left: readonly Source[], right: readonly Source[]): boolean {
  const read = new Set<Source>()
  readSources(context, node, read)
  return left.some((source) => read.has(source)) && right.some((source) => read.has(source))
}

function readSources(context: RuleContext, node: Expression, into: Set<Source>): void {
  if (node.kind === 'column') addSources(context.resolution.bindings.get(node), into)
  for (const child of childrenOf(node)) readSources(context, child, into)
}

function addSources(binding: Binding | undefined, into: Set<Source>): void {
  if (binding?.kind === 'column') into.add(binding.source)
  else if (binding?.kind === 'merged') {
    addSources(binding.left, into)
    addSources(binding.right, into)
  }
}

function sourcesOf(item: FromItem): Source[] {
  if (item.kind === 'source') return [item]
  const sources: Source[] = []
  let at: FromItem = item
  for (; at.kind === 'join'; at = at.left) sources.unshift(...sourcesOf(at.right))
  return [at, ...sources]
}

/** One row, a list of values, or nothing that is known to have more. */
function isOneRow(context: RuleContext, sources: readonly Source[]): boolean {
  return sources.every((source) =>
    context
      .once(keysOf)
      .source(source)
      .keys.some((key) => key.length === 0),
  )
}

function nameOf(sources: readonly Source[]): string {
  return sources.map(({ alias }) => (alias === '' ? 'the query' : alias)).join(' and ')
}
