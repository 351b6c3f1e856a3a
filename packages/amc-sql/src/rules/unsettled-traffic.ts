import { nameText, replace } from '../edits.ts'
import type { Rule, RuleEntry } from './rule.ts'
import { sourceRange, tablesRead } from './sources.ts'

/** An ad event is credited with conversions until 14 days after it, or what the instance is set to. */
export const unsettledTraffic: Rule = {
  code: 'AMC040',
  severity: 'warning',
  check({ run, selects }, report) {
    if (run === null) return
    const end = Date.parse(`${run.window.end}Z`)
    const { settledAfterDays = attributionDays } = run
    const days = Math.floor((run.now.getTime() - end) / dayInMs)
    if (!(days < settledAfterDays)) return
    const settled = new Date(end + settledAfterDays * dayInMs).toISOString().slice(0, 10)
    for (const { source, name } of tablesRead(selects)) {
      if (!byTraffic.test(name)) continue
      const range = sourceRange(source)
      const other = name.replace('by_traffic_time', 'by_conversion_time')
      report(range, {
        message: `The window ${days < 0 ? 'has not ended yet' : `ended ${days === 1 ? 'a day' : `${days} days`} ago`}, and its ads are credited with conversions until ${settledAfterDays} days later: the last days look worse than they are`,
        help: `Run it on ${settled} or later, end the window earlier, or read ${other}`,
        ...(source.node.kind === 'table' && {
          fixes: [{ title: `Read ${other}`, edits: [replace(range, nameText(other))], suggestion: true as const }],
        }),
      })
    }
  },
}

export const unsettledTrafficEntry: RuleEntry = {
  rule: unsettledTraffic,
  title: 'Conversions by traffic time need 14 days',
  why: `\`amazon_attributed_events_by_traffic_time\` holds the conversions of the ads in the window, and these come in for 14 days after the ad. A window that ended yesterday lacks most of the conversions of its last days, so return on spend looks low. End the window 14 days back, or read \`amazon_attributed_events_by_conversion_time\`, whose window is about the conversions themselves.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(total_purchases) AS purchases
FROM amazon_attributed_events_by_traffic_time
GROUP BY campaign`,
  good: `SELECT campaign, SUM(total_purchases) AS purchases
FROM amazon_attributed_events_by_conversion_time
GROUP BY campaign`,
  given: {
    run: {
      window: { start: '2026-05-01T00:00:00', end: '2026-05-31T00:00:00' },
      now: new Date('2026-06-02T00:00:00Z'),
    },
  },
}

const byTraffic = /^amazon_attributed_events_by_traffic_time(_for_audiences)?$/
const attributionDays = 14
const dayInMs = 86_400_000
