import { AmcWorkflowId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PrivacyFilteringBehavior } from './executions.ts'
import { InstanceId, WorkflowId } from './ids.ts'
import { Instant } from './paging.ts'

/** The query as AMC keeps it in one instance: a stored workflow under an id that follows from ours, whatever the query is called. */
export const AmcCopy = z.object({
  workflowId: WorkflowId,
  instance: z.object({ id: InstanceId, name: z.string() }),
  amcWorkflowId: AmcWorkflowId,
  /** `waiting`: AMC is to get it. `in-step`: AMC has the text of the query's current version. `behind`: of an earlier one. `failed`: AMC
   *  did not take the last change. `removing`: AMC is to drop it; the copy is gone from here only once AMC has said so. */
  state: z.enum(['waiting', 'in-step', 'behind', 'failed', 'removing']),
  /** The version that AMC has confirmed; null while it has none for certain. */
  storedVersion: z.number().int().positive().nullable(),
  wantedVersion: z.number().int().positive(),
  syncedAt: Instant.nullable(),
  failure: z
    .object({
      message: z.string(),
      amcMessage: z.string().nullable(),
      amcRequestId: z.string().nullable(),
      explanation: z.object({ cause: z.string(), nextStep: z.string() }).nullable(),
      /** It is tried again by itself. */
      again: z.boolean(),
    })
    .nullable(),
})
export type AmcCopy = z.infer<typeof AmcCopy>

const oneWorkflow = z.strictObject({ workflowId: WorkflowId })
const problems = ['workflow-not-found', 'instance-not-found'] as const

export const listCopies = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId/copies',
  summary: 'Where AMC keeps a query, one copy for each instance',
  tag: 'workflows',
  params: oneWorkflow,
  ok: { status: 200, body: z.object({ items: z.array(AmcCopy), total: z.number().int(), nextCursor: z.null() }) },
  problems: ['workflow-not-found'],
})

/** Answers once the wish is kept; AMC is asked in the background. What AMC has already is not sent again. A refusal carries
 *  `findings: QueryFinding[]`: every placeholder that AMC cannot keep, and why. */
export const syncWorkflow = endpoint({
  method: 'POST',
  path: '/api/workflows/:workflowId/sync',
  summary: 'Create or replace the copy of a query at AMC',
  tag: 'workflows',
  params: oneWorkflow,
  body: z.strictObject({
    version: z.number().int().positive(),
    instanceId: InstanceId,
    privacyFilteringBehavior: PrivacyFilteringBehavior.default('REMOVE_ROWS'),
  }),
  ok: { status: 202, body: AmcCopy },
  problems: [...problems, 'version-not-found', 'copy-impossible'],
})

export const removeCopy = endpoint({
  method: 'DELETE',
  path: '/api/workflows/:workflowId/copies/:instanceId',
  summary: 'Remove the copy of a query from AMC',
  tag: 'workflows',
  params: z.strictObject({ workflowId: WorkflowId, instanceId: InstanceId }),
  ok: { status: 202, body: AmcCopy },
  problems: ['copy-not-found'],
})
