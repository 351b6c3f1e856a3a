import { z } from 'zod'

/** `waiting`: AMC is to get it. `in-step`: AMC has the text of the query's current version. `behind`: of an earlier one. `failed`: AMC
 *  did not take the last change. `removing`: AMC is to drop it; the copy is gone from here only once AMC has said so. */
export const CopyState = z.enum(['waiting', 'in-step', 'behind', 'failed', 'removing'])
export type CopyState = z.infer<typeof CopyState>
