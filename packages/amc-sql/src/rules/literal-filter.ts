import { LiteralMixes } from '../lineage/literal-mixes.ts'
import { fitsAll } from '../resolve/types.ts'
import { forbidsLiterals } from '../resolve/thresholds.ts'
import { guardedComparisons, type Side } from './comparisons.ts'
import { partlyReads } from './partly-read-ids.ts'
import type { Finding, Rule, RuleContext, RuleEntry } from './rule.ts'

/** Columns of class HIGH and VERY_HIGH must not meet a literal or a parameter: that would look for a person. */
export const literalFilter: Rule = {
  code: 'AMC006',
  severity: 'error',
  privacy: true,
  check(context, report) {
    const mixes = new LiteralMixes(context.resolution)
    for (const { range, sides } of guardedComparisons(context)) {
      const fault = faultOf(context, mixes, sides)
      if (fault !== null) report(range, fault)
    }
    for (const { range, id } of partlyReads(context))
      report(range, {
        message: `${context.shortText(id)} is of class VERY_HIGH, and this would tell one of them from the others by a fixed value`,
        help: 'Count ids, group by them or join on them as they are',
      })
  },
}

function faultOf(context: RuleContext, mixes: LiteralMixes, sides: readonly Side[]): Finding | null {
  const guarded = sides.find(({ facts }) => forbidsLiterals(facts.threshold))
  if (guarded === undefined) return null
  const said = `${context.shortText(guarded.range)} is of class ${guarded.facts.threshold}`
  if (sides.some(({ facts }) => facts.constant && facts.type.kind !== 'NULL'))
    return {
      message: `${said} and must not be compared with a fixed value`,
      help: 'Filter on a coarser column, or group by it',
    }
  const secret = sides.find(({ facts }) => facts.threshold === 'VERY_HIGH')
  if (secret === undefined) return null
  const help = 'Compare user_id with user_id, and event ids with event ids'
  if (sides.some(({ facts }) => facts.threshold !== 'VERY_HIGH' && !neverMind(facts)))
    return { message: `${said} and must only be compared with columns of its class`, help }
  if (sides.some(({ node }) => node !== null && mixes.expression(node) !== null))
    return { message: `${said} and must not be compared with one that fixed values were put into`, help }
  return null
}

/** Ids of Amazon's own are as secret; and where a type is not known, its table or name has its own finding. */
function neverMind({ threshold, type }: Side['facts']): boolean {
  return threshold === 'INTERNAL' || fitsAll(type)
}

export const literalFilterEntry: RuleEntry = {
  rule: literalFilter,
  title: 'No fixed value against a HIGH or VERY_HIGH column',
  why: 'A comparison of a postal code or a user id with a literal or a parameter would look for a few people, so AMC refuses it: in WHERE and ON, in CASE, LIKE, IN, USING, regular expressions and text search alike, also where the values stand in a VALUES part or were put among the ids before. The same goes for arithmetic with an id and a number. `user_id IS NOT NULL` and `a.user_id = b.user_id` are fine. Filter on a coarser column, or group by this one and read the result.',
  source: 'fact',
  bad: `SELECT COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE postal_code IN ('10001', '10002')`,
  good: `SELECT COUNT(DISTINCT user_id) AS users
FROM dsp_impressions
WHERE iso_state_province_code = 'US-NY'`,
}
