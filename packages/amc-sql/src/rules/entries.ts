import { addedCountsEntry } from './added-counts.ts'
import { mixedZonesEntry } from './mixed-zones.ts'
import { moneyUnitsEntry } from './money-units.ts'
import { multiplyingJoinEntry } from './multiplying-join.ts'
import { rightJoinEntry } from './right-join.ts'
import type { RuleEntry } from './rule.ts'

/** The entries of docs/amc-sql/rules.md, in the order of their codes. */
export const ruleEntries: readonly RuleEntry[] = [
  rightJoinEntry,
  moneyUnitsEntry,
  multiplyingJoinEntry,
  mixedZonesEntry,
  addedCountsEntry,
]
