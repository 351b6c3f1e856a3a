import { keysOf } from '../lineage/keys.ts'
import { Repeats, type Repeat } from '../lineage/repeats.ts'
import type { Source } from '../resolve/resolution.ts'
import type { Range, TableExpression } from '../tree.ts'
import type { Rule, RuleEntry } from './rule.ts'

/** A join by a key that several rows share repeats them, and a total counts every repetition. */
export const multiplyingJoin: Rule = {
  code: 'AMC027',
  severity: 'warning',
  check(context, report) {
    if (!context.selects.some((select) => select.sources.length > 1)) return
    const repeats = new Repeats(context.resolution, context.once(keysOf))
    const found = new Map<TableExpression, { repeat: Repeat; totals: string[] }>()
    for (const call of context.expressions('call')) {
      if (!/^(SUM|COUNT)$/i.test(call.name.text)) continue
      const select = context.selectAround(call)
      const repeat = select === null ? null : repeats.ofTotal(select, call)
      if (repeat === null) continue
      const known = found.get(repeat.node)
      if (known === undefined) found.set(repeat.node, { repeat, totals: [context.shortText(call)] })
      else known.totals.push(context.shortText(call))
    }
    for (const [node, { repeat, totals }] of found)
      report(placeOf(node), {
        message: `${listed(totals)} ${totals.length === 1 ? 'counts' : 'count'} rows several times: this join can find several rows of ${repeat.others.map(nameOf).join(' and ')} for one of ${nameOf(repeat.source)}`,
        help: 'Aggregate each side in a WITH part of its own before the join, or put both below each other with UNION ALL',
      })
  },
}

export const multiplyingJoinEntry: RuleEntry = {
  rule: multiplyingJoin,
  title: 'No total over rows that a join repeats',
  why: `A person has many impressions and many clicks. Joined by \`user_id\`, every impression meets every click of that person, and SUM counts each of them several times: 10 impressions and 3 clicks become 30 of each. Aggregate both sides to one row per person first, or put the tables below each other with UNION ALL and sum them there. The rule is silent where the other side has one row per key (GROUP BY, DISTINCT, ROW_NUMBER() = 1, an id that is unique), and for COUNT(DISTINCT …), MIN and MAX.`,
  source: 'report',
  bad: `SELECT i.campaign, SUM(i.impressions) AS impressions, SUM(c.clicks) AS clicks
FROM dsp_impressions i
INNER JOIN dsp_clicks c ON c.user_id = i.user_id
WHERE i.user_id IS NOT NULL AND c.user_id IS NOT NULL
GROUP BY i.campaign`,
  good: `WITH events AS (
  SELECT campaign, impressions, 0 AS clicks FROM dsp_impressions
  UNION ALL
  SELECT campaign, 0 AS impressions, clicks FROM dsp_clicks
)
SELECT campaign, SUM(impressions) AS impressions, SUM(clicks) AS clicks FROM events GROUP BY campaign`,
}

function listed(totals: readonly string[]): string {
  const [first = '', second] = totals
  if (second === undefined) return first
  return totals.length === 2 ? `${first} and ${second}` : `${first}, ${second} and others`
}

function nameOf(source: Source): string {
  if (source.alias !== '') return source.alias
  return source.from.kind === 'table' ? source.from.table.name : 'the query in FROM'
}

/** From the words of a join to its condition. */
function placeOf(node: TableExpression): Range {
  return node.kind === 'join' ? { from: node.operator.from, to: node.to } : node
}
