import { moneyUnitsEntry } from './money-units.ts'
import { rightJoinEntry } from './right-join.ts'
import type { RuleEntry } from './rule.ts'

/** The entries of docs/amc-sql/rules.md, in the order of their codes. */
export const ruleEntries: readonly RuleEntry[] = [rightJoinEntry, moneyUnitsEntry]
