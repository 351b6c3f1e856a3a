import type { FaultOf } from '../resolve/faults.ts'
import type { Rule, RuleEntry } from './rule.ts'

/** EXTEND_TIME_WINDOW takes a source table and two durations, all as text. */
export const timeExtension: Rule = {
  code: 'AMC015',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('time-extension'))
      report(fault.range, {
        message: words(fault),
        help: "Write TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D')): lookback first, then lookahead",
        ...context.menders.extensionText?.(fault),
      })
  },
}

export const timeExtensionEntry: RuleEntry = {
  rule: timeExtension,
  title: 'EXTEND_TIME_WINDOW takes a table and two durations as text',
  why: 'The first argument is the name of a source table, not of a WITH part; the second says how far before the window to read, the third how far behind it, as ISO 8601 durations. All three stand in single quotes.',
  source: 'fact',
  bad: `SELECT campaign, COUNT(DISTINCT user_id) AS users
FROM TABLE(EXTEND_TIME_WINDOW(dsp_clicks, 28, 0))
GROUP BY campaign`,
  good: `SELECT campaign, COUNT(DISTINCT user_id) AS users
FROM TABLE(EXTEND_TIME_WINDOW('dsp_clicks', 'P28D', 'P0D'))
GROUP BY campaign`,
}

function words({ reason, text }: FaultOf<'time-extension'>): string {
  switch (reason) {
    case 'count':
      return `EXTEND_TIME_WINDOW takes three arguments, not ${text}`
    case 'string':
      return `EXTEND_TIME_WINDOW takes text in single quotes, not ${text}`
    case 'duration':
      return `'${text}' is no ISO 8601 duration`
    case 'cte':
      return `EXTEND_TIME_WINDOW reads source tables, and ${text} is a WITH part`
  }
}
