import type { Rule, RuleEntry } from './rule.ts'
import { reportShown } from './shown-column.ts'

/** A column of class VERY_HIGH or INTERNAL must not come out through an alias of a WITH part or an expression either. */
export const shownByDetour: Rule = {
  code: 'AMC003',
  severity: 'error',
  privacy: true,
  check(context, report) {
    reportShown(context, report, false)
  },
}

export const shownByDetourEntry: RuleEntry = {
  rule: shownByDetour,
  title: 'No VERY_HIGH or INTERNAL column through a detour',
  why: 'A renamed, hashed or aggregated `user_id` is still a `user_id`: whatever is made of it has its class, and only COUNT and COUNT DISTINCT clear it. The message names the way that it took.',
  source: 'fact',
  bad: `WITH journeys AS (SELECT user_id AS u, campaign FROM dsp_impressions)
SELECT campaign, MAX(u) AS sample FROM journeys GROUP BY campaign`,
  good: `WITH journeys AS (SELECT user_id AS u, campaign FROM dsp_impressions)
SELECT campaign, COUNT(DISTINCT u) AS users FROM journeys GROUP BY campaign`,
}
