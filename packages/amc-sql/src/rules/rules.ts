import { addedCounts } from './added-counts.ts'
import { aliasScope } from './alias-scope.ts'
import { arrayFilter } from './array-filter.ts'
import { audienceQuery } from './audience-query.ts'
import { caseMark } from './case-mark.ts'
import { columnListWidth } from './column-list-width.ts'
import { countedUsers } from './counted-users.ts'
import { customParameter } from './custom-parameter.ts'
import { filteredLeftJoin } from './filtered-left-join.ts'
import { finalGroupKey } from './final-group-key.ts'
import { finalOrder } from './final-order.ts'
import { fineGrain } from './fine-grain.ts'
import { heavyWindow } from './heavy-window.ts'
import { joinCondition } from './join-condition.ts'
import { literalFilter } from './literal-filter.ts'
import { longList } from './long-list.ts'
import { lostDspRows } from './lost-dsp-rows.ts'
import { misplacedAggregate } from './misplaced-aggregate.ts'
import { mixedZones } from './mixed-zones.ts'
import { moneyUnits } from './money-units.ts'
import { multiplyingJoin } from './multiplying-join.ts'
import { notGrouped } from './not-grouped.ts'
import { notInNulls } from './not-in-nulls.ts'
import { nullComparison } from './null-comparison.ts'
import { numericCampaign } from './numeric-campaign.ts'
import { patternLanguage } from './pattern-language.ts'
import { rankHaving } from './rank-having.ts'
import { refused } from './refused.ts'
import { repeatedWindow } from './repeated-window.ts'
import { reportedLimits } from './reported-limits.ts'
import { requestTagJoin } from './request-tag-join.ts'
import { reservedAlias } from './reserved-alias.ts'
import { rightJoin } from './right-join.ts'
import type { Rule } from './rule.ts'
import { shownByDetour } from './shown-by-detour.ts'
import { shownColumn } from './shown-column.ts'
import { star } from './star.ts'
import { timeExtension } from './time-extension.ts'
import { unaggregatedRows } from './unaggregated-rows.ts'
import { undeclaredParameter } from './undeclared-parameter.ts'
import { unfilteredUsers } from './unfiltered-users.ts'
import { unguardedDivision } from './unguarded-division.ts'
import { unionBranches } from './union-branches.ts'
import { unknownFunction } from './unknown-function.ts'
import { unknownName } from './unknown-name.ts'
import { unnamedParts } from './unnamed-parts.ts'
import { unsettledTraffic } from './unsettled-traffic.ts'
import { unusedParts } from './unused-parts.ts'
import { zonedTime } from './zoned-time.ts'

/** Every rule, in the order of its code. Odd white space (AMC019) is the lexer's. */
export const rules: readonly Rule[] = [
  star,
  shownColumn,
  shownByDetour,
  finalGroupKey,
  unaggregatedRows,
  literalFilter,
  rightJoin,
  notGrouped,
  unknownName,
  unknownFunction,
  customParameter,
  undeclaredParameter,
  columnListWidth,
  unionBranches,
  timeExtension,
  aliasScope,
  misplacedAggregate,
  reportedLimits,
  audienceQuery,
  zonedTime,
  finalOrder,
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
  refused,
]
