import { DistinctCounts } from '../lineage/distinct-counts.ts'
import { keysOf } from '../lineage/keys.ts'
import type { Rule, RuleEntry } from './rule.ts'

/** Who stands in two groups is counted in both, so the sum of distinct counts is no count. */
export const addedCounts: Rule = {
  code: 'AMC038',
  severity: 'warning',
  check(context, report) {
    const sums = context.expressions('call').filter((call) => /^SUM$/i.test(call.name.text))
    if (sums.length === 0 || !context.expressions('call').some(isDistinct)) return
    const counts = new DistinctCounts(context.resolution, context.once(keysOf))
    for (const call of sums) {
      const select = context.selectAround(call)
      const found = select === null ? null : counts.added(select, call)
      if (found === null) continue
      const [argument] = call.arguments
      report(call, {
        message: `${argument === undefined ? 'This' : context.shortText(argument)} is ${context.shortText(found.call)} of each group; who is in two groups is added twice`,
        help: 'Count once, at the level that you want to show, over the rows before they are grouped',
      })
    }
  },
}

export const addedCountsEntry: RuleEntry = {
  rule: addedCounts,
  title: 'Distinct counts are not added',
  why: `A person whom two campaigns reached is in the reach of both. The sum of both is more than the people reached, sometimes by far. Count once at the wanted level: \`COUNT(DISTINCT user_id)\` over the event rows, without the finer grouping. Adding is right where every person is in one group only, such as groups made per person (frequency, combination of products); the rule is silent there.`,
  source: 'choice',
  bad: `WITH per_campaign AS (
  SELECT campaign, COUNT(DISTINCT user_id) AS reach FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY campaign
)
SELECT SUM(reach) AS reach FROM per_campaign`,
  good: `SELECT COUNT(DISTINCT user_id) AS reach FROM dsp_impressions WHERE user_id IS NOT NULL`,
}

function isDistinct({ distinct, name }: { distinct: boolean; name: { text: string } }): boolean {
  return distinct || /^APPROX_COUNT_DISTINCT$/i.test(name.text)
}
