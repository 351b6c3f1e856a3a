import type { FaultOf } from '../resolve/faults.ts'
import type { Rule } from './rule.ts'

const help = "Write TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D')): lookback first, then lookahead"

/** EXTEND_TIME_WINDOW takes a source table and two durations, all as text. */
export const timeExtension: Rule = {
  code: 'AMC015',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('time-extension')) report(fault.range, { message: words(fault), help })
  },
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
