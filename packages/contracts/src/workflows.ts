import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ExecutionStatus } from './execution-status.ts'
import { ExecutionId, InstanceId, TemplateId, UserId, WorkflowId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { ParameterDeclaration, ParameterValues } from './parameters.ts'

/** What a person writes: the text of the query with `{{name}}` placeholders, their declarations and the values last given. */
export const WorkflowContent = z.strictObject({
  name: z.string().trim().min(1).max(200),
  sqlQuery: z.string().max(1_000_000),
  parameters: z.array(ParameterDeclaration).max(100),
  values: ParameterValues,
})
export type WorkflowContent = z.infer<typeof WorkflowContent>

export const WorkflowVersion = WorkflowContent.extend({
  version: z.number().int().positive(),
  savedAt: Instant,
  savedBy: z.object({ id: UserId, name: z.string().nullable() }),
})
export type WorkflowVersion = z.infer<typeof WorkflowVersion>

/** Text that is kept but not yet a version: one per query and person. */
export const WorkflowDraft = WorkflowContent.extend({
  revision: z.number().int().positive(),
  baseVersion: z.number().int().positive(),
  keptAt: Instant,
})
export type WorkflowDraft = z.infer<typeof WorkflowDraft>

export const LatestExecution = z.object({
  id: ExecutionId,
  status: ExecutionStatus,
  requestedAt: Instant,
  rowCount: z.number().int().nullable(),
})

const instanceSummary = z.object({ id: InstanceId, name: z.string() }).nullable()

/** A row of the list: never the text of the query, so that lists stay small. */
export const WorkflowSummary = z.object({
  id: WorkflowId,
  name: z.string(),
  version: z.number().int().positive(),
  instance: instanceSummary,
  author: z.object({ id: UserId, name: z.string().nullable() }),
  latestExecution: LatestExecution.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type WorkflowSummary = z.infer<typeof WorkflowSummary>

export const Workflow = WorkflowSummary.extend({
  current: WorkflowVersion,
  draft: WorkflowDraft.nullable(),
  templateId: TemplateId.nullable(),
})
export type Workflow = z.infer<typeof Workflow>

const oneWorkflow = z.strictObject({ workflowId: WorkflowId })

export const listWorkflows = endpoint({
  method: 'GET',
  path: '/api/workflows',
  summary: 'The queries of the workspace, latest change first',
  tag: 'workflows',
  query: PageQuery.extend({ instanceId: InstanceId.optional(), q: z.string().max(200).optional() }),
  ok: { status: 200, body: page(WorkflowSummary) },
  problems: [],
})

/** `id` may be chosen by the caller: the same id twice creates once, so that a lost answer is simply sent again (F-19). */
export const createWorkflow = endpoint({
  method: 'POST',
  path: '/api/workflows',
  summary: 'Create a query with its first version',
  tag: 'workflows',
  body: WorkflowContent.extend({ id: WorkflowId.optional(), instanceId: InstanceId.nullable() }),
  ok: { status: 201, body: Workflow },
  problems: ['instance-not-found', 'workflow-not-found'],
})

export const getWorkflow = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId',
  summary: 'A query with its current version and your draft',
  tag: 'workflows',
  params: oneWorkflow,
  ok: { status: 200, body: Workflow },
  problems: ['workflow-not-found'],
})

export const getWorkflowVersion = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId/versions/:version',
  summary: 'One version of a query',
  tag: 'workflows',
  params: z.strictObject({ workflowId: WorkflowId, version: z.coerce.number().int().positive() }),
  ok: { status: 200, body: WorkflowVersion },
  problems: ['workflow-not-found', 'version-not-found'],
})

/** Saving makes a version; on a stale `baseVersion` it is answered 409. Equal content makes none. The draft is dropped. */
export const saveWorkflow = endpoint({
  method: 'PUT',
  path: '/api/workflows/:workflowId',
  summary: 'Save a new version of a query',
  tag: 'workflows',
  params: oneWorkflow,
  body: WorkflowContent.extend({ baseVersion: z.number().int().positive(), instanceId: InstanceId.nullable() }),
  ok: { status: 200, body: Workflow },
  problems: ['workflow-not-found', 'instance-not-found', 'version-conflict'],
})

/** Keeps unsaved text; never makes a version. `revision` is the one that the caller last saw, 0 for none. */
export const keepDraft = endpoint({
  method: 'PUT',
  path: '/api/workflows/:workflowId/draft',
  summary: 'Keep unsaved text',
  tag: 'workflows',
  params: oneWorkflow,
  body: WorkflowContent.extend({ revision: z.number().int().nonnegative(), baseVersion: z.number().int().positive() }),
  ok: { status: 200, body: z.object({ revision: z.number().int().positive(), keptAt: Instant }) },
  problems: ['workflow-not-found', 'draft-conflict'],
})
