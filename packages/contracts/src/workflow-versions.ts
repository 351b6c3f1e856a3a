import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { UserId, WorkflowId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { LatestExecution, Workflow, WorkflowVersion, oneWorkflow } from './workflows.ts'

/** A version in the history of a query; never its text, so that the history stays small. */
export const VersionSummary = z.object({
  version: z.number().int().positive(),
  /** What the query was called. */
  name: z.string(),
  savedAt: Instant,
  savedBy: z.object({ id: UserId, name: z.string().nullable() }),
  /** The version whose content this one brought back. */
  restoredFrom: z.number().int().positive().nullable(),
  /** What ran on it: how many times, and the last of them. Checks do not count. */
  executionCount: z.number().int().nonnegative(),
  latestExecution: LatestExecution.nullable(),
})
export type VersionSummary = z.infer<typeof VersionSummary>

const oneVersion = z.strictObject({ workflowId: WorkflowId, version: z.coerce.number().int().positive() })

export const listWorkflowVersions = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId/versions',
  summary: 'The history of a query, latest version first',
  tag: 'workflows',
  role: 'viewer',
  params: oneWorkflow,
  query: PageQuery,
  ok: { status: 200, body: page(VersionSummary) },
  problems: ['workflow-not-found'],
})

export const getWorkflowVersion = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId/versions/:version',
  summary: 'One version of a query',
  tag: 'workflows',
  role: 'viewer',
  params: oneVersion,
  ok: { status: 200, body: WorkflowVersion },
  problems: ['workflow-not-found', 'version-not-found'],
})

/** The history only grows: what was saved since stays. Drafts stay too. Content that is current already makes no version. */
export const restoreWorkflowVersion = endpoint({
  method: 'POST',
  path: '/api/workflows/:workflowId/versions/:version/restore',
  summary: 'Save the content of an earlier version as a new one',
  tag: 'workflows',
  role: 'analyst',
  params: oneVersion,
  body: z.strictObject({ baseVersion: z.number().int().positive() }),
  ok: { status: 200, body: Workflow },
  problems: ['workflow-not-found', 'workflow-in-trash', 'version-not-found', 'version-conflict'],
})
