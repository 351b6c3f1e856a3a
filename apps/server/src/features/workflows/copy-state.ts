import type { CopyState } from '@recomamp/contracts'
import { type RawBuilder, sql } from 'kysely'

/** The state of a row of `amc_copies` beside the row of `workflows` that it is a copy of. A version may differ from the one that AMC has
 *  in its name or its values only, which AMC does not keep. */
export const copyState: RawBuilder<CopyState> = sql`case
  when amc_copies.state = 'failed' then 'failed'
  when amc_copies.wanted = 'removed' then 'removing'
  when amc_copies.state = 'waiting' then 'waiting'
  when amc_copies.stored_version >= workflows.text_version then 'in-step'
  else 'behind' end`

/** Of several copies the one that asks for attention first stands for all. */
const urgency = ['failed', 'behind', 'waiting', 'removing', 'in-step'] as const satisfies readonly CopyState[]

/** The most urgent state among the rows of `amc_copies` of a group; null for no row. */
export const worstCopyState: RawBuilder<CopyState | null> = sql`(${sql.lit(`{${urgency.join(',')}}`)}::text[])[min(array_position(${sql.lit(`{${urgency.join(',')}}`)}::text[], ${copyState}))]`
