import { AmcWorkflowId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { CopyState } from './copy-state.ts'
import { endpoint } from './endpoint.ts'
import { PrivacyFilteringBehavior } from './executions.ts'
import { InstanceId, WorkflowId } from './ids.ts'
import { Instant } from './paging.ts'
import { oneWorkflow } from './workflows.ts'
import { SelectedWorkflows } from './selected-workflows.ts'

/** The query as AMC keeps it in one instance: a stored workflow under an id that follows from ours, whatever the query is called. */
export const AmcCopy = z.object({
  workflowId: WorkflowId,
  instance: z.object({ id: InstanceId, name: z.string() }),
  amcWorkflowId: AmcWorkflowId,
  state: CopyState,
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

const problems = ['workflow-not-found', 'instance-not-found'] as const

export const listCopies = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId/copies',
  summary: 'Where AMC keeps a query, one copy for each instance',
  tag: 'workflows',
  role: 'viewer',
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
  role: 'analyst',
  params: oneWorkflow,
  body: z.strictObject({
    version: z.number().int().positive(),
    instanceId: InstanceId,
    privacyFilteringBehavior: PrivacyFilteringBehavior.default('REMOVE_ROWS'),
  }),
  ok: { status: 202, body: AmcCopy },
  problems: [...problems, 'workflow-in-trash', 'version-not-found', 'copy-impossible'],
})

export const removeCopy = endpoint({
  method: 'DELETE',
  path: '/api/workflows/:workflowId/copies/:instanceId',
  summary: 'Remove the copy of a query from AMC',
  tag: 'workflows',
  role: 'analyst',
  params: z.strictObject({ workflowId: WorkflowId, instanceId: InstanceId }),
  ok: { status: 202, body: AmcCopy },
  problems: ['copy-not-found'],
})

/** Brings every copy of these queries in step with the current version of its query. Copies that AMC cannot keep are named. */
export const syncWorkflows = endpoint({
  method: 'POST',
  path: '/api/workflows/sync',
  summary: 'Bring the copies of several queries in step',
  tag: 'workflows',
  role: 'analyst',
  body: SelectedWorkflows,
  ok: {
    status: 202,
    body: z.object({
      /** Copies that AMC is asked to replace. */
      asked: z.number().int().nonnegative(),
      refused: z.array(z.object({ workflowId: WorkflowId, instanceId: InstanceId, message: z.string() })),
    }),
  },
  problems: [],
})
