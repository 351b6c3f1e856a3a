import { repeatAlias } from './alias-scope.ts'
import { rewriteRows } from './column-list-width.ts'
import { rankRows, withoutOrder } from './final-order.ts'
import { moveAggregate } from './misplaced-aggregate.ts'
import { groupThem } from './not-grouped.ts'
import { alternativesFix, conditionFix, operandFix, typeFix } from './refused.ts'
import { countBuckets } from './reported-limits.ts'
import { countInstead, dropKey, leaveOut, sumItems } from './shown-column.ts'
import { nameColumns } from './star.ts'
import { extensionText } from './time-extension.ts'
import { fillBranch, fitColumn } from './union-branches.ts'
import { rewriteCall } from './unknown-function.ts'
import { columnHelp, qualifierHelp, qualifyIt, tableHelp } from './unknown-name.ts'
import { withoutZone } from './zoned-time.ts'

/** What makes the longer fixes of the rules about refusals; apart from them, since an editor says what is wrong before it mends it. */
export const menders = {
  alternativesFix,
  columnHelp,
  conditionFix,
  countBuckets,
  countInstead,
  dropKey,
  extensionText,
  fillBranch,
  fitColumn,
  groupThem,
  leaveOut,
  moveAggregate,
  nameColumns,
  operandFix,
  qualifierHelp,
  qualifyIt,
  rankRows,
  repeatAlias,
  rewriteCall,
  rewriteRows,
  sumItems,
  tableHelp,
  typeFix,
  withoutOrder,
  withoutZone,
}

export type Menders = typeof menders
