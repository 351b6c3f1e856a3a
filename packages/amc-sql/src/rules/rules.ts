import { addedCounts } from './added-counts.ts'
import { aliasScope } from './alias-scope.ts'
import { columnListWidth } from './column-list-width.ts'
import { countedUsers } from './counted-users.ts'
import { finalOrder } from './final-order.ts'
import { literalFilter } from './literal-filter.ts'
import { misplacedAggregate } from './misplaced-aggregate.ts'
import { mixedZones } from './mixed-zones.ts'
import { moneyUnits } from './money-units.ts'
import { multiplyingJoin } from './multiplying-join.ts'
import { notGrouped } from './not-grouped.ts'
import { nullComparison } from './null-comparison.ts'
import { refused } from './refused.ts'
import { rightJoin } from './right-join.ts'
import type { Rule } from './rule.ts'
import { finalGroupKey, shownColumn, shownColumnByDetour } from './shown-column.ts'
import { star } from './star.ts'
import { timeExtension } from './time-extension.ts'
import { unaggregatedRows } from './unaggregated-rows.ts'
import { undeclaredParameter } from './undeclared-parameter.ts'
import { unguardedDivision } from './unguarded-division.ts'
import { unionBranches } from './union-branches.ts'
import { unknownFunction } from './unknown-function.ts'
import { unknownName } from './unknown-name.ts'
import { zonedTime } from './zoned-time.ts'

/** Every rule, in the order of its code. Odd white space (AMC019) is the lexer's. */
export const rules: readonly Rule[] = [
  star,
  shownColumn,
  shownColumnByDetour,
  finalGroupKey,
  unaggregatedRows,
  literalFilter,
  rightJoin,
  notGrouped,
  unknownName,
  unknownFunction,
  undeclaredParameter,
  columnListWidth,
  unionBranches,
  timeExtension,
  aliasScope,
  misplacedAggregate,
  zonedTime,
  finalOrder,
  moneyUnits,
  unguardedDivision,
  multiplyingJoin,
  nullComparison,
  mixedZones,
  countedUsers,
  addedCounts,
  refused,
]
