import { addedCountsEntry } from './added-counts.ts'
import { caseMarkEntry } from './case-mark.ts'
import { joinConditionEntry } from './join-condition.ts'
import { lostDspRowsEntry } from './lost-dsp-rows.ts'
import { mixedZonesEntry } from './mixed-zones.ts'
import { moneyUnitsEntry } from './money-units.ts'
import { multiplyingJoinEntry } from './multiplying-join.ts'
import { notInNullsEntry } from './not-in-nulls.ts'
import { patternLanguageEntry } from './pattern-language.ts'
import { rankHavingEntry } from './rank-having.ts'
import { requestTagJoinEntry } from './request-tag-join.ts'
import { rightJoinEntry } from './right-join.ts'
import type { RuleEntry } from './rule.ts'

/** The entries of docs/amc-sql/rules.md, in the order of their codes. */
export const ruleEntries: readonly RuleEntry[] = [
  rightJoinEntry,
  moneyUnitsEntry,
  multiplyingJoinEntry,
  requestTagJoinEntry,
  joinConditionEntry,
  patternLanguageEntry,
  caseMarkEntry,
  notInNullsEntry,
  lostDspRowsEntry,
  rankHavingEntry,
  mixedZonesEntry,
  addedCountsEntry,
]
