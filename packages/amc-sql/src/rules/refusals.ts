import { aliasScope } from './alias-scope.ts'
import { audienceQuery } from './audience-query.ts'
import { columnListWidth } from './column-list-width.ts'
import { customParameter } from './custom-parameter.ts'
import { finalGroupKey } from './final-group-key.ts'
import { finalOrder } from './final-order.ts'
import { literalFilter } from './literal-filter.ts'
import { misplacedAggregate } from './misplaced-aggregate.ts'
import { notGrouped } from './not-grouped.ts'
import { refused } from './refused.ts'
import { reportedLimits } from './reported-limits.ts'
import { rightJoin } from './right-join.ts'
import { shownByDetour } from './shown-by-detour.ts'
import { shownColumn } from './shown-column.ts'
import { star } from './star.ts'
import { timeExtension } from './time-extension.ts'
import { unaggregatedRows } from './unaggregated-rows.ts'
import { undeclaredParameter } from './undeclared-parameter.ts'
import { unionBranches } from './union-branches.ts'
import { unknownFunction } from './unknown-function.ts'
import { unknownName } from './unknown-name.ts'
import { zonedTime } from './zoned-time.ts'
import type { Rule } from './rule.ts'

/** What AMC refuses, in the order of the codes: every analysis looks for it. Odd white space (AMC019) is the lexer's. */
export const refusals: readonly Rule[] = [
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
  refused,
]
