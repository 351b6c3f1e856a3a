import { type Rule, type RuleEntry, severityOf } from './rule.ts'

/** Amazon lists ORDER BY and LIMIT as unsupported, while others report that they work. */
export const finalOrder: Rule = {
  code: 'AMC022',
  severity: 'warning',
  check(context, report) {
    for (const resolved of context.resolution.queries.values()) {
      const { node } = resolved
      const main = node === context.query
      const severity = main ? severityOf(context.dialect.finalOrder) : 'warning'
      const [first, last] = [node.orderBy[0], node.orderBy.at(-1)]
      const limits = [node.limit, node.offset].filter((limit) => limit !== null)
      if (first !== undefined && last !== undefined && (main || node.limit === null))
        report(
          { from: first.from, to: last.to },
          {
            severity,
            message: main ? 'AMC may ignore or refuse ORDER BY' : 'ORDER BY inside a query has no effect',
            help: main ? 'Sort the result instead' : 'Leave it out',
            amc: 'ORDER BY unexpected',
            ...(limits.length > 0
              ? context.menders.rankRows?.(context, resolved)
              : context.menders.withoutOrder?.(context, resolved, main)),
          },
        )
      for (const limit of limits)
        report(limit, {
          severity,
          message: 'AMC may ignore or refuse LIMIT and OFFSET',
          help: 'Rank in a WITH part and filter by the rank',
          ...context.menders.rankRows?.(context, resolved),
        })
    }
  },
}

export const finalOrderEntry: RuleEntry = {
  rule: finalOrder,
  title: 'No ORDER BY and no LIMIT at the end',
  why: 'Amazon’s list of limitations names both as unsupported, while others report that they run; so this is a warning, and the dialect switch `finalOrder: "refuse"` makes it an error. A result can be sorted after it has arrived. For the top rows, number them in a query inside and filter the number outside. Inside a WITH part ORDER BY has no effect.',
  source: 'report',
  bad: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY campaign
ORDER BY clicks DESC
LIMIT 10`,
  good: `SELECT campaign, clicks
FROM (
  SELECT campaign, clicks, ROW_NUMBER() OVER (ORDER BY clicks DESC) AS row_rank
  FROM (
    SELECT campaign, SUM(clicks) AS clicks
    FROM dsp_clicks
    GROUP BY campaign
  )
)
WHERE row_rank <= 10`,
}
