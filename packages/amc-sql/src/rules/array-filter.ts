import { definitionsOf } from '../lineage/definitions.ts'
import { childrenOf } from '../resolve/children.ts'
import type { FromItem } from '../resolve/resolution.ts'
import type { Call, Expression } from '../tree.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'
import { valuesJoin } from './values-join.ts'

/** A function around a column keeps AMC from reading only the rows that it needs. */
export const arrayFilter: Rule = {
  code: 'AMC043',
  severity: 'info',
  check(context, report) {
    const calls = context.expressions('call').filter(({ name }) => /^ARRAY_CONTAINS$/i.test(name.text))
    if (calls.length === 0) return
    const filters = new Set<Expression>()
    for (const { node, from } of context.selects) {
      if (node.where !== null) addConditions(node.where, filters)
      for (const item of from) addJoins(item, filters)
    }
    for (const call of calls) {
      const [list, column] = call.arguments
      if (list === undefined || column === undefined || !filters.has(call)) continue
      const [array, ...others] = definitionsOf(context.resolution, list)
      if (array?.kind !== 'array' || others.length > 0 || context.facts(column)?.constant === true) continue
      const fix = valuesJoin(context, call, column, array.items)
      report(call, {
        message: `ARRAY_CONTAINS looks at every row of ${tableOf(context, call)} and is slow as a filter`,
        help: 'Put the list into a WITH part of VALUES and INNER JOIN it',
        ...(fix !== null && { fixes: [fix] }),
      })
    }
  },
}

export const arrayFilterEntry: RuleEntry = {
  rule: arrayFilter,
  title: 'No ARRAY_CONTAINS over a fixed list as a filter',
  why: `Amazon's guide on fast queries: with ARRAY_CONTAINS around a column, AMC reads every row before it can filter. Join a list of values instead. A list that comes as a parameter of the workflow has no other form, so the rule says nothing there.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE ARRAY_CONTAINS(ARRAY['1001', '1002'], campaign_id_string) GROUP BY campaign`,
  good: `WITH wanted (id) AS (VALUES ('1001'), ('1002'))
SELECT i.campaign, SUM(i.impressions) AS impressions FROM dsp_impressions i
INNER JOIN wanted ON wanted.id = i.campaign_id_string GROUP BY i.campaign`,
}

/** A condition with those that AND, OR and NOT join; CASE only labels rows. */
function addConditions(node: Expression, into: Set<Expression>): void {
  into.add(node)
  if (node.kind === 'chain' || node.kind === 'unary' || node.kind === 'binary')
    for (const child of childrenOf(node)) addConditions(child, into)
}

function addJoins(item: FromItem, into: Set<Expression>): void {
  for (let at = item; at.kind === 'join'; at = at.left) {
    addJoins(at.right, into)
    if (at.node.on !== null) addConditions(at.node.on, into)
  }
}

function tableOf(context: RuleContext, call: Call): string {
  const [, column] = call.arguments
  const [origin] = column === undefined ? [] : context.lineage.expression(column)
  return origin?.table.name ?? 'its table'
}
