import { z } from 'zod'
import { CopyState } from './copy-state.ts'
import { ChartDescription } from '@recomamp/amc-catalogue/model'
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

/** A word by which queries are found again; the same for everybody in the workspace. */
export const Tag = z.string().trim().min(1).max(40)

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
  /** AMC's own word, such as REJECTED; null before AMC has answered. */
  amcStatus: z.string().nullable(),
  requestedAt: Instant,
  rowCount: z.number().int().nullable(),
  /** Why it ended badly, in a sentence. */
  failure: z.string().nullable(),
})
export type LatestExecution = z.infer<typeof LatestExecution>

/** What AMC has of a query, over all instances that keep a copy: of several states the one that asks for attention first. */
export const CopiesSummary = z.object({
  state: CopyState,
  count: z.number().int().positive(),
  /** How many versions the oldest copy that is behind is behind. */
  versionsBehind: z.number().int().nonnegative(),
})
export type CopiesSummary = z.infer<typeof CopiesSummary>

const instanceSummary = z.object({ id: InstanceId, name: z.string() }).nullable()

/** A row of the list: never the text of the query, so that lists stay small. */
export const WorkflowSummary = z.object({
  id: WorkflowId,
  name: z.string(),
  version: z.number().int().positive(),
  instance: instanceSummary,
  author: z.object({ id: UserId, name: z.string().nullable() }),
  tags: z.array(z.string()),
  latestExecution: LatestExecution.nullable(),
  /** Null where AMC keeps no copy. */
  copies: CopiesSummary.nullable(),
  /** When your unsaved text was kept; null where you have none. */
  draftKeptAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  /** In the trash since then; after 30 days it goes for good. */
  deletedAt: Instant.nullable(),
})
export type WorkflowSummary = z.infer<typeof WorkflowSummary>

export const Workflow = WorkflowSummary.extend({
  current: WorkflowVersion,
  draft: WorkflowDraft.nullable(),
  /** How its results are drawn; null: as their columns suggest. It belongs to the query and is no part of a version. */
  chart: ChartDescription.nullable(),
  templateId: TemplateId.nullable(),
})
export type Workflow = z.infer<typeof Workflow>

export const oneWorkflow = z.strictObject({ workflowId: WorkflowId })

/** Which queries: all that are not in the trash, your own, those of others, those of which you have unsaved text, or the trash. */
export const WorkflowShelf = z.enum(['all', 'mine', 'others', 'drafts', 'trash'])
export type WorkflowShelf = z.infer<typeof WorkflowShelf>

/** How the latest execution stands; `never` for none, `open` for one that has not ended. */
export const LatestOutcome = z.enum(['never', 'open', 'completed', 'failed', 'cancelled'])

/** What AMC keeps; `none` for nothing. */
export const CopyFilter = z.enum(['none', ...CopyState.options])

export const WorkflowSort = z.enum(['updated', 'name', 'run'])
export type WorkflowSort = z.infer<typeof WorkflowSort>

/** `q` is looked for in names, tags and texts. */
export const WorkflowFilter = z.strictObject({
  shelf: WorkflowShelf.optional(),
  q: z.string().max(200).optional(),
  instanceId: InstanceId.optional(),
  tag: Tag.optional(),
  copy: CopyFilter.optional(),
  outcome: LatestOutcome.optional(),
})
export type WorkflowFilter = z.infer<typeof WorkflowFilter>

export const listWorkflows = endpoint({
  method: 'GET',
  path: '/api/workflows',
  summary: 'The queries of the workspace, latest change first unless asked otherwise',
  tag: 'workflows',
  role: 'viewer',
  query: PageQuery.extend({
    ...WorkflowFilter.shape,
    sort: WorkflowSort.default('updated'),
    /** Latest first and names from A by default. */
    order: z.enum(['asc', 'desc']).optional(),
  }),
  ok: { status: 200, body: page(WorkflowSummary) },
  problems: [],
})

export const countWorkflows = endpoint({
  method: 'GET',
  path: '/api/workflows/counts',
  summary: 'How many queries stand on each shelf and carry each tag',
  tag: 'workflows',
  role: 'viewer',
  ok: {
    status: 200,
    body: z.object({
      shelves: z.record(WorkflowShelf, z.number().int().nonnegative()),
      /** Of queries that are not in the trash, the most used first. */
      tags: z.array(z.object({ tag: z.string(), count: z.number().int().positive() })),
    }),
  },
  problems: [],
})

/** `id` may be chosen by the caller: the same id twice creates once, so that a lost answer is simply sent again (F-19). */
export const createWorkflow = endpoint({
  method: 'POST',
  path: '/api/workflows',
  summary: 'Create a query with its first version',
  tag: 'workflows',
  role: 'analyst',
  body: WorkflowContent.extend({ id: WorkflowId.optional(), instanceId: InstanceId.nullable() }),
  ok: { status: 201, body: Workflow },
  problems: ['instance-not-found', 'workflow-not-found'],
})

export const getWorkflow = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId',
  summary: 'A query with its current version and your draft',
  tag: 'workflows',
  role: 'viewer',
  params: oneWorkflow,
  ok: { status: 200, body: Workflow },
  problems: ['workflow-not-found'],
})

/** Saving makes a version; on a stale `baseVersion` it is answered 409. Equal content makes none. The caller's draft is dropped when it is
 *  at `draftRevision`, the one that the text follows; one that was kept elsewhere since stays. */
export const saveWorkflow = endpoint({
  method: 'PUT',
  path: '/api/workflows/:workflowId',
  summary: 'Save a new version of a query',
  tag: 'workflows',
  role: 'analyst',
  params: oneWorkflow,
  body: WorkflowContent.extend({
    baseVersion: z.number().int().positive(),
    draftRevision: z.number().int().nonnegative().optional(),
    instanceId: InstanceId.nullable(),
  }),
  ok: { status: 200, body: Workflow },
  problems: ['workflow-not-found', 'workflow-in-trash', 'instance-not-found', 'version-conflict'],
})

/** Keeps unsaved text; never makes a version. `revision` is the one that the caller last saw, 0 for none; a first draft begins from the
 *  current version. */
export const keepDraft = endpoint({
  method: 'PUT',
  path: '/api/workflows/:workflowId/draft',
  summary: 'Keep unsaved text',
  tag: 'workflows',
  limit: 'frequent',
  role: 'analyst',
  params: oneWorkflow,
  body: WorkflowContent.extend({ revision: z.number().int().nonnegative(), baseVersion: z.number().int().positive() }),
  ok: { status: 200, body: z.object({ revision: z.number().int().positive(), keptAt: Instant }) },
  problems: ['workflow-not-found', 'draft-conflict'],
})

/** The last one holds; choosing makes no version and leaves drafts as they are. */
export const chooseChart = endpoint({
  method: 'PUT',
  path: '/api/workflows/:workflowId/chart',
  summary: 'Choose how the results of a query are drawn',
  tag: 'workflows',
  role: 'analyst',
  params: oneWorkflow,
  body: z.strictObject({ chart: ChartDescription.nullable() }),
  ok: { status: 200, body: z.object({ chart: ChartDescription.nullable() }) },
  problems: ['workflow-not-found'],
})
