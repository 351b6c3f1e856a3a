import type { Source } from '../resolve/resolution.ts'
import type { Rule, RuleEntry } from './rule.ts'
import { sourceRange, tablesRead } from './sources.ts'

/** Amazon says of these tables that queries over more than a day or two time out. */
export const heavyWindow: Rule = {
  code: 'AMC039',
  severity: 'warning',
  check({ run, selects }, report) {
    if (run === null) return
    const days = (Date.parse(`${run.window.end}Z`) - Date.parse(`${run.window.start}Z`)) / dayInMs
    for (const { source, name } of tablesRead(selects)) {
      const read = Math.ceil(days + daysAround(source))
      if (!heavy.test(name) || !(read > 2)) continue
      report(sourceRange(source), {
        message: `${name} is so large that queries over more than two days time out; this run reads ${read} days of it`,
        help: 'Run it for a day or two, or for several short windows one after the other',
      })
    }
  },
}

export const heavyWindowEntry: RuleEntry = {
  rule: heavyWindow,
  title: 'Short windows for segment and video tables',
  why: `The segment tables hold one row per impression and segment of the person, and the video table is wide and large. Amazon's guide says that queries on them time out over long windows: a day or two is what runs. The rule speaks when the window of a run is known; EXTEND_TIME_WINDOW counts too.`,
  source: 'fact',
  bad: `SELECT behavior_segment_name, SUM(impressions) AS impressions
FROM dsp_impressions_by_user_segments
GROUP BY behavior_segment_name`,
  good: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign`,
  given: {
    run: {
      window: { start: '2026-05-01T00:00:00', end: '2026-05-31T00:00:00' },
      now: new Date('2026-06-20T00:00:00Z'),
    },
  },
}

const heavy = /^(dsp_impressions_by_(matched|user)_segments|dsp_video_events_feed)(_for_audiences)?$/
const dayInMs = 86_400_000

/** What EXTEND_TIME_WINDOW adds, in days. */
function daysAround({ from }: Source): number {
  if (from.kind !== 'table' || from.widened === null) return 0
  const { back, ahead } = from.widened
  return [back, ahead].reduce((sum, one) => sum + one.years * 365 + one.months * 30 + one.days + one.hours / 24, 0)
}
