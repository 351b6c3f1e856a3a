import { AmcExecutionId, AmcInstanceId, AmcWorkflowId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ExecutionStatus } from './execution-status.ts'
import { ExecutionId, InstanceId, UserId, WorkflowId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { ParameterValues } from './parameters.ts'
import { TimeWindow } from './time-window.ts'
import { WorkflowContent } from './workflows.ts'

/** What AMC does with a row below its threshold, in Amazon's words. */
export const PrivacyFilteringBehavior = z.enum(['REMOVE_ROWS', 'REMOVE_VALUES'])
export type PrivacyFilteringBehavior = z.infer<typeof PrivacyFilteringBehavior>

export const ResultColumn = z.object({
  name: z.string(),
  /** AMC's name of the type: STRING, LONG, DECIMAL, … */
  dataType: z.string(),
  columnType: z.enum(['DIMENSION', 'METRIC']),
})
export type ResultColumn = z.infer<typeof ResultColumn>

/** Why an execution ended badly, with AMC's own words kept apart from ours. */
export const ExecutionFailure = z.object({
  /** `amc-rejected`, `amc-failed`, `amc-refused` (the call itself), `unreachable`, `results-lost`, `time-limit` … */
  cause: z.string(),
  message: z.string(),
  amcMessage: z.string().nullable(),
  amcRequestId: z.string().nullable(),
  /** Offsets in the user's query, exclusive end; null where AMC names no place. */
  place: z
    .object({ from: z.number().int(), to: z.number().int(), line: z.number().int(), column: z.number().int() })
    .nullable(),
  /** What Amazon's words mean and what to do; null for words that are not known. */
  explanation: z.object({ cause: z.string(), nextStep: z.string() }).nullable(),
  /** Whom the refused call was for, where Amazon denied the access (403). */
  sent: z.object({ instanceId: z.string().nullable(), entityId: z.string(), marketplaceId: z.string() }).nullable(),
})
export type ExecutionFailure = z.infer<typeof ExecutionFailure>

/** A wish that a run may end: confirmed when the run's status is `cancelled`. */
export const Cancellation = z.object({
  requestedAt: Instant,
  /** Why it has not come true, or null; `again` while it is still tried. */
  failure: z.object({ message: z.string(), amcMessage: z.string().nullable(), again: z.boolean() }).nullable(),
})
export type Cancellation = z.infer<typeof Cancellation>

export const ExecutionSummary = z.object({
  id: ExecutionId,
  workflow: z.object({ id: WorkflowId, name: z.string() }),
  /** Null for a text that was tried without being saved. */
  version: z.number().int().positive().nullable(),
  /** AMC only looks whether it would take the query: it has no rows. */
  dryRun: z.boolean(),
  instance: z.object({ id: InstanceId, name: z.string(), amcInstanceId: AmcInstanceId }),
  status: ExecutionStatus,
  /** AMC's own word, such as REJECTED; null before AMC has answered. */
  amcStatus: z.string().nullable(),
  amcExecutionId: AmcExecutionId.nullable(),
  window: TimeWindow,
  requestedBy: z.object({ id: UserId, name: z.string().nullable() }),
  requestedAt: Instant,
  submittedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  lastAnswerAt: Instant.nullable(),
  rowCount: z.number().int().nonnegative().nullable(),
  /** Rows in which AMC blanked a value; null when it was not asked to say. */
  filteredRowCount: z.number().int().nonnegative().nullable(),
  failure: ExecutionFailure.nullable(),
  cancellation: Cancellation.nullable(),
})
export type ExecutionSummary = z.infer<typeof ExecutionSummary>

export const Execution = ExecutionSummary.extend({
  /** The user's text of the version that ran. */
  template: z.string(),
  /** The text that AMC got. */
  sqlSent: z.string(),
  values: ParameterValues,
  privacyFilteringBehavior: PrivacyFilteringBehavior,
  amcWorkflowId: AmcWorkflowId,
  columns: z.array(ResultColumn),
  resultBytes: z.number().int().nonnegative().nullable(),
  /** Seconds of computing at AMC. */
  executionTimeSeconds: z.number().nullable(),
  runningAt: Instant.nullable(),
  /** The query ran by the copy that AMC keeps; `recreated` when AMC had lost it and got it anew for this run. Null: it was sent as a whole. */
  copy: z.object({ recreated: z.boolean() }).nullable(),
  /** Warnings that the person sent the query in spite of. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type Execution = z.infer<typeof Execution>

const runFields = z.strictObject({
  /** The saved version that runs; or `unsaved`, never both. */
  version: z.number().int().positive().optional(),
  /** A text to try as it stands, which becomes no version. */
  unsaved: WorkflowContent.pick({ sqlQuery: true, parameters: true }).optional(),
  instanceId: InstanceId,
  values: ParameterValues,
  /** Absent: seven days that end 14 days ago. */
  window: TimeWindow.optional(),
  privacyFilteringBehavior: PrivacyFilteringBehavior.default('REMOVE_ROWS'),
  /** Lets AMC only compile and check the query: nothing is computed, and nothing counts against its limits. */
  dryRun: z.boolean().default(false),
})

export const RunRequest = runFields.refine((run) => (run.version === undefined) !== (run.unsaved === undefined), {
  path: ['version'],
  message: 'exactly one of version and unsaved must be given',
})
export type RunRequest = z.infer<typeof RunRequest>

export const oneExecution = z.strictObject({ executionId: ExecutionId })

/** One finding that stops a query, at its place in the user's text. */
export const QueryFinding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  line: z.number().int(),
  column: z.number().int(),
})

/** Records the run and answers at once; AMC is asked in the background. A refusal carries `findings: QueryFinding[]`. */
export const executeWorkflow = endpoint({
  method: 'POST',
  path: '/api/workflows/:workflowId/execute',
  summary: 'Run a version of a query, or try a text that is none',
  tag: 'executions',
  params: z.strictObject({ workflowId: WorkflowId }),
  headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
  body: RunRequest,
  ok: { status: 202, body: Execution },
  problems: ['workflow-not-found', 'version-not-found', 'instance-not-found', 'query-refused', 'idempotency-conflict'],
})

export const listExecutions = endpoint({
  method: 'GET',
  path: '/api/executions',
  summary: 'The executions of the workspace, latest first',
  tag: 'executions',
  query: PageQuery.extend({
    workflowId: WorkflowId.optional(),
    instanceId: InstanceId.optional(),
    status: ExecutionStatus.optional(),
  }),
  ok: { status: 200, body: page(ExecutionSummary) },
  problems: [],
})

export const getExecution = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId',
  summary: 'One execution with what was sent',
  tag: 'executions',
  params: oneExecution,
  ok: { status: 200, body: Execution },
  problems: ['execution-not-found'],
})

/** Answered from our database; never waits for AMC. */
export const getExecutionStatus = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/status',
  summary: 'Where an execution stands',
  tag: 'executions',
  params: oneExecution,
  ok: {
    status: 200,
    body: z.object({
      id: ExecutionId,
      status: ExecutionStatus,
      amcStatus: z.string().nullable(),
      lastAnswerAt: Instant.nullable(),
    }),
  },
  problems: ['execution-not-found'],
})

/** Answers once the wish is kept; AMC is asked in the background. A run that waits here ends at once, one that has been cancelled stays so. */
export const cancelExecution = endpoint({
  method: 'POST',
  path: '/api/executions/:executionId/cancel',
  summary: 'End a run',
  tag: 'executions',
  params: oneExecution,
  ok: { status: 202, body: Execution },
  problems: ['execution-not-found', 'execution-ended'],
})

/** From our rows; tells whether watching works without asking AMC. */
export const getPolling = endpoint({
  method: 'GET',
  path: '/api/polling',
  summary: 'How open executions are watched',
  tag: 'executions',
  ok: {
    status: 200,
    body: z.object({
      everySeconds: z.number().positive(),
      /** Executions of the workspace that AMC works on. */
      openCount: z.number().int().nonnegative(),
      /** Those of them about which AMC has said nothing for four intervals. */
      silentCount: z.number().int().nonnegative(),
      lastAnswerAt: Instant.nullable(),
    }),
  },
  problems: [],
})
