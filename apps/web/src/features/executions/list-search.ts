import { InstanceId, StatusFilter, UserId, WorkflowId } from '@recomamp/contracts'
import { z } from 'zod'

/** How far back a list looks; the choices of its filter. */
export const periods = { '1d': 1, '7d': 7, '30d': 30, '90d': 90 } as const

/** What the address of the list of executions holds; what does not parse is dropped. */
export const ExecutionsSearch = z.object({
  status: StatusFilter.optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  i: InstanceId.optional().catch(undefined),
  by: UserId.optional().catch(undefined),
  since: z.enum(['1d', '7d', '30d', '90d']).optional().catch(undefined),
  query: WorkflowId.optional().catch(undefined),
})
export type ExecutionsSearch = z.infer<typeof ExecutionsSearch>

/** The filter as the API takes it. A period begins at a full hour, so that it stays the same question while somebody looks. */
export function filterOf(search: ExecutionsSearch, now: Date) {
  const { q, i, by, since, query } = search
  const hour = Math.floor(now.getTime() / 3_600_000) * 3_600_000
  return {
    q: q?.trim() || undefined,
    instanceId: i,
    by,
    workflowId: query,
    since: since === undefined ? undefined : new Date(hour - periods[since] * 86_400_000).toISOString(),
  }
}
export type ExecutionFilter = ReturnType<typeof filterOf>
