import { z } from 'zod'

/** Our lifecycle of an execution; `completed` means that the rows are stored here. AMC's own word is kept beside it. */
export const ExecutionStatus = z.enum([
  'queued',
  'submitting',
  'pending',
  'running',
  'ingesting',
  'completed',
  'failed',
  'cancelled',
])
export type ExecutionStatus = z.infer<typeof ExecutionStatus>

/** Statuses that nothing follows. */
export const finalStatuses: readonly ExecutionStatus[] = ['completed', 'failed', 'cancelled']

export function isFinal(status: ExecutionStatus): boolean {
  return finalStatuses.includes(status)
}
