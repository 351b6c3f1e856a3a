import { neverShown } from '../resolve/thresholds.ts'
import { itemsRange, type Rule } from './rule.ts'
import { isRefusedStar } from './star.ts'

/** Rows of one user each must not reach the output; AMC's guide says that a query aggregates. */
export const unaggregatedRows: Rule = {
  code: 'AMC005',
  severity: 'error',
  privacy: true,
  check(context, report) {
    if (context.audience) return
    for (const select of context.finalSelects) {
      const path = context.tracking.select(select).output.paths.find(({ form }) => form === 'one')
      if (path === undefined || select.relation.open || select.node.items.some(isRefusedStar(select))) continue
      const keyed = select.groupBy.length > 0
      // A grouping by the user id itself is AMC002's or AMC004's.
      const keys = select.groupBy.map((key) => context.resolution.expressions.get(key)?.threshold ?? 'NONE')
      if (keys.some(neverShown)) continue
      report(itemsRange(select), {
        message: keyed
          ? `Every row of this result belongs to one user of ${path.source}`
          : `Rows of ${path.source} reach the output one by one`,
        help: keyed
          ? 'Aggregate over the users: leave user_id out of the final grouping'
          : 'Aggregate: SUM, COUNT, … with GROUP BY',
      })
    }
  },
}
