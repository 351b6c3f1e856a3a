import { readDuration } from '../resolve/duration.ts'
import type { FaultOf } from '../resolve/faults.ts'
import type { Expression, ExtendedWindow } from '../tree.ts'
import { insert, mend, replace } from './edits.ts'
import type { Finding, Rule, RuleEntry } from './rule.ts'

/** EXTEND_TIME_WINDOW takes a source table and two durations, all as text. */
export const timeExtension: Rule = {
  code: 'AMC015',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('time-extension'))
      report(fault.range, {
        message: words(fault),
        help: "Write TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D')): lookback first, then lookahead",
        ...asText(fault),
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

function asText({ range, reason, text }: FaultOf<'time-extension'>): Pick<Finding, 'fixes'> {
  if (reason === 'count') return text === '2' ? addLookahead(range as ExtendedWindow) : {}
  if (reason === 'cte') return {}
  const node = range as Expression
  const name = node.kind === 'column' ? node.parts.map((part) => part.text).join('.') : null
  const written = name ?? durationOf(text)
  return written === null ? {} : mend(`Write '${written}'`, replace(range, `'${written}'`))
}

/** Lookback alone: AMC wants the lookahead said too, and without it there is none. */
function addLookahead({ arguments: given }: ExtendedWindow): Pick<Finding, 'fixes'> {
  const last = given.at(-1)
  return last === undefined ? {} : mend("Add 'P0D'", insert(last.to, ", 'P0D'"))
}

/** `28`, `28 days`, `28D`, `P28`, `INTERVAL '28' DAY` as P28D. */
function durationOf(text: string): string | null {
  const found = /^(?:interval\s+)?'?\s*-?p?\s*(\d+)\s*'?\s*([a-z]*)'?$/i.exec(text.trim())
  if (found === null) return null
  const unit = found[2] === '' || found[2] === undefined ? 'D' : found[2].slice(0, 1).toUpperCase()
  const count = unit === 'W' ? Number(found[1]) * 7 : found[1]
  const written = `P${count}${unit === 'W' ? 'D' : unit}`
  return /^(|d|days?|w|weeks?)$/i.test(found[2] ?? '') && readDuration(written) !== null ? written : null
}
