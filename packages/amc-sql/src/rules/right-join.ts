import type { FromItem } from '../resolve/resolution.ts'
import { mend, replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** AMC's list of limitations names RIGHT JOIN. */
export const rightJoin: Rule = {
  code: 'AMC007',
  severity: 'error',
  check(context, report) {
    for (const select of context.selects) for (const item of select.from) checkJoin(context, item, report)
  },
}

export const rightJoinEntry: RuleEntry = {
  rule: rightJoin,
  title: 'No RIGHT JOIN',
  why: 'AMC does not run RIGHT JOIN. `a RIGHT JOIN b` is `b LEFT JOIN a`: swap the two sides.',
  source: 'fact',
  bad: `WITH seen AS (SELECT user_id FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1),
clicked AS (SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY 1)
SELECT COUNT(DISTINCT seen.user_id) AS users, SUM(clicks) AS clicks
FROM clicked RIGHT JOIN seen ON seen.user_id = clicked.user_id`,
  good: `WITH seen AS (SELECT user_id FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY 1),
clicked AS (SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY 1)
SELECT COUNT(DISTINCT seen.user_id) AS users, SUM(clicks) AS clicks
FROM seen LEFT JOIN clicked ON seen.user_id = clicked.user_id`,
}

function checkJoin(context: RuleContext, item: FromItem, report: Report): void {
  for (let at = item; at.kind === 'join'; at = at.left) {
    checkJoin(context, at.right, report)
    if (at.type !== 'right') continue
    const { left, right, operator } = at.node
    const outer = /OUTER/i.test(context.textOf(operator)) ? 'OUTER ' : ''
    report(operator, {
      message: 'AMC has no RIGHT JOIN',
      help: 'Swap the two tables and write LEFT JOIN',
      // Behind other joins the left side is no single table that could stand on the right.
      ...(left.kind !== 'join' &&
        mend(
          'Swap the tables and write LEFT JOIN',
          replace(left, context.textOf(right)),
          replace(operator, `LEFT ${outer}JOIN`),
          replace(right, context.textOf(left)),
        )),
    })
  }
}
