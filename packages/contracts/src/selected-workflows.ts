import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { WorkflowId } from './ids.ts'
import { Tag, Workflow, oneWorkflow } from './workflows.ts'

/** Several queries at once; ids that the workspace does not have change nothing. */
export const SelectedWorkflows = z.strictObject({ workflowIds: z.array(WorkflowId).min(1).max(500) })

/** Whether the copies at AMC stay there, or are removed in the background: a query goes for good only when none is left. */
const Copies = z.enum(['keep', 'remove'])

const changed = z.object({ workflowIds: z.array(WorkflowId) }).describe('The queries that were changed')

/** The same again changes nothing more. */
export const deleteWorkflow = endpoint({
  method: 'DELETE',
  path: '/api/workflows/:workflowId',
  summary: 'Move a query to the trash, for 30 days',
  tag: 'workflows',
  role: 'analyst',
  params: oneWorkflow,
  query: z.strictObject({ copies: Copies.default('keep') }),
  ok: { status: 200, body: Workflow },
  problems: ['workflow-not-found'],
})

export const trashWorkflows = endpoint({
  method: 'POST',
  path: '/api/workflows/trash',
  summary: 'Move several queries to the trash, for 30 days',
  tag: 'workflows',
  role: 'analyst',
  body: SelectedWorkflows.extend({ copies: Copies.default('keep') }),
  ok: { status: 200, body: changed },
  problems: [],
})

/** Takes a wish to remove copies back as long as AMC was not asked. */
export const restoreWorkflows = endpoint({
  method: 'POST',
  path: '/api/workflows/restore',
  summary: 'Take queries out of the trash',
  tag: 'workflows',
  role: 'analyst',
  body: SelectedWorkflows,
  ok: { status: 200, body: changed },
  problems: [],
})

/** How long a query stays in the trash before it goes for good. */
export const trashDays = 30

/** Those that are in the trash, with their versions, runs and results. One of which AMC keeps a copy, or that still runs, stays. */
export const purgeWorkflows = endpoint({
  method: 'POST',
  path: '/api/workflows/purge',
  summary: 'Delete queries in the trash for good',
  tag: 'workflows',
  role: 'owner',
  body: SelectedWorkflows,
  ok: {
    status: 200,
    body: z.object({
      workflowIds: z.array(WorkflowId).describe('The queries that are gone'),
      kept: z.array(z.object({ workflowId: WorkflowId, reason: z.enum(['copy-at-amc', 'runs']) })),
    }),
  },
  problems: [],
})

export const tagWorkflows = endpoint({
  method: 'POST',
  path: '/api/workflows/tags',
  summary: 'Add tags to queries and take tags off them',
  tag: 'workflows',
  role: 'analyst',
  body: SelectedWorkflows.extend({
    add: z.array(Tag).max(20).default([]),
    remove: z.array(Tag).max(20).default([]),
  }),
  ok: { status: 200, body: changed },
  problems: [],
})

export const exportWorkflows = endpoint({
  method: 'POST',
  path: '/api/workflows/files',
  summary: 'The texts of queries as files, in a zip archive',
  tag: 'workflows',
  role: 'viewer',
  body: SelectedWorkflows,
  ok: { status: 200, body: z.unknown().describe('The bytes of the archive') },
  problems: ['workflow-not-found'],
})
