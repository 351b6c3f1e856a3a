import { addedCountsEntry } from './added-counts.ts'
import { aliasScopeEntry } from './alias-scope.ts'
import { arrayFilterEntry } from './array-filter.ts'
import { audienceQueryEntry } from './audience-query.ts'
import { caseMarkEntry } from './case-mark.ts'
import { columnListWidthEntry } from './column-list-width.ts'
import { countedUsersEntry } from './counted-users.ts'
import { customParameterEntry } from './custom-parameter.ts'
import { filteredLeftJoinEntry } from './filtered-left-join.ts'
import { finalGroupKeyEntry } from './final-group-key.ts'
import { finalOrderEntry } from './final-order.ts'
import { fineGrainEntry } from './fine-grain.ts'
import { heavyWindowEntry } from './heavy-window.ts'
import { joinConditionEntry } from './join-condition.ts'
import { languageEntries, oddCharactersEntry } from './language-entries.ts'
import { literalFilterEntry } from './literal-filter.ts'
import { longListEntry } from './long-list.ts'
import { lostDspRowsEntry } from './lost-dsp-rows.ts'
import { misplacedAggregateEntry } from './misplaced-aggregate.ts'
import { mixedZonesEntry } from './mixed-zones.ts'
import { moneyUnitsEntry } from './money-units.ts'
import { multiplyingJoinEntry } from './multiplying-join.ts'
import { notGroupedEntry } from './not-grouped.ts'
import { notInNullsEntry } from './not-in-nulls.ts'
import { nullComparisonEntry } from './null-comparison.ts'
import { numericCampaignEntry } from './numeric-campaign.ts'
import { patternLanguageEntry } from './pattern-language.ts'
import { rankHavingEntry } from './rank-having.ts'
import { refusedEntry } from './refused.ts'
import { repeatedWindowEntry } from './repeated-window.ts'
import { reportedLimitsEntry } from './reported-limits.ts'
import { requestTagJoinEntry } from './request-tag-join.ts'
import { reservedAliasEntry } from './reserved-alias.ts'
import { rightJoinEntry } from './right-join.ts'
import type { RuleEntry } from './rule.ts'
import { shownByDetourEntry } from './shown-by-detour.ts'
import { shownColumnEntry } from './shown-column.ts'
import { starEntry } from './star.ts'
import { swallowedColumnEntry } from './swallowed-column.ts'
import { timeExtensionEntry } from './time-extension.ts'
import { unaggregatedRowsEntry } from './unaggregated-rows.ts'
import { undeclaredParameterEntry } from './undeclared-parameter.ts'
import { unfilteredUsersEntry } from './unfiltered-users.ts'
import { unguardedDivisionEntry } from './unguarded-division.ts'
import { unionBranchesEntry } from './union-branches.ts'
import { unknownFunctionEntry } from './unknown-function.ts'
import { unknownNameEntry } from './unknown-name.ts'
import { unnamedPartsEntry } from './unnamed-parts.ts'
import { unsettledTrafficEntry } from './unsettled-traffic.ts'
import { unusedPartsEntry } from './unused-parts.ts'
import { zonedTimeEntry } from './zoned-time.ts'

/** The entries of docs/amc-sql/rules.md, in the order of their codes. */
export const ruleEntries: readonly RuleEntry[] = [
  starEntry,
  shownColumnEntry,
  shownByDetourEntry,
  finalGroupKeyEntry,
  unaggregatedRowsEntry,
  literalFilterEntry,
  rightJoinEntry,
  notGroupedEntry,
  unknownNameEntry,
  unknownFunctionEntry,
  customParameterEntry,
  undeclaredParameterEntry,
  columnListWidthEntry,
  unionBranchesEntry,
  timeExtensionEntry,
  aliasScopeEntry,
  misplacedAggregateEntry,
  reportedLimitsEntry,
  oddCharactersEntry,
  audienceQueryEntry,
  zonedTimeEntry,
  finalOrderEntry,
  repeatedWindowEntry,
  unfilteredUsersEntry,
  moneyUnitsEntry,
  unguardedDivisionEntry,
  multiplyingJoinEntry,
  requestTagJoinEntry,
  joinConditionEntry,
  patternLanguageEntry,
  caseMarkEntry,
  nullComparisonEntry,
  notInNullsEntry,
  lostDspRowsEntry,
  rankHavingEntry,
  mixedZonesEntry,
  countedUsersEntry,
  addedCountsEntry,
  heavyWindowEntry,
  unsettledTrafficEntry,
  fineGrainEntry,
  longListEntry,
  arrayFilterEntry,
  filteredLeftJoinEntry,
  unusedPartsEntry,
  numericCampaignEntry,
  reservedAliasEntry,
  unnamedPartsEntry,
  refusedEntry,
  swallowedColumnEntry,
  ...languageEntries,
]
