import { addedCounts } from './added-counts.ts'
import { arrayFilter } from './array-filter.ts'
import { caseMark } from './case-mark.ts'
import { countedUsers } from './counted-users.ts'
import { filteredLeftJoin } from './filtered-left-join.ts'
import { fineGrain } from './fine-grain.ts'
import { heavyWindow } from './heavy-window.ts'
import { joinCondition } from './join-condition.ts'
import { longList } from './long-list.ts'
import { lostDspRows } from './lost-dsp-rows.ts'
import { mixedZones } from './mixed-zones.ts'
import { moneyUnits } from './money-units.ts'
import { multiplyingJoin } from './multiplying-join.ts'
import { notInNulls } from './not-in-nulls.ts'
import { nullComparison } from './null-comparison.ts'
import { numericCampaign } from './numeric-campaign.ts'
import { patternLanguage } from './pattern-language.ts'
import { rankHaving } from './rank-having.ts'
import { repeatedWindow } from './repeated-window.ts'
import { requestTagJoin } from './request-tag-join.ts'
import { reservedAlias } from './reserved-alias.ts'
import { textInSum } from './text-in-sum.ts'
import { unfilteredUsers } from './unfiltered-users.ts'
import { unguardedDivision } from './unguarded-division.ts'
import { swallowedColumn } from './swallowed-column.ts'
import { unnamedParts } from './unnamed-parts.ts'
import { unsettledTraffic } from './unsettled-traffic.ts'
import { unusedParts } from './unused-parts.ts'
import { menders } from './fixes/menders.ts'
import type { Hints, Rule } from './rule.ts'

/** What AMC runs, but what is likely wrong, slow or not meant. */
const rules: readonly Rule[] = [
  repeatedWindow,
  unfilteredUsers,
  moneyUnits,
  unguardedDivision,
  multiplyingJoin,
  requestTagJoin,
  joinCondition,
  patternLanguage,
  caseMark,
  nullComparison,
  notInNulls,
  lostDspRows,
  rankHaving,
  mixedZones,
  countedUsers,
  addedCounts,
  heavyWindow,
  unsettledTraffic,
  fineGrain,
  longList,
  arrayFilter,
  filteredLeftJoin,
  unusedParts,
  numericCampaign,
  reservedAlias,
  unnamedParts,
  swallowedColumn,
  textInSum,
]

/** An editor loads them after its first paint. */
export const hints: Hints = { rules, menders }
