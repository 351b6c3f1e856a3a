import { AmcExecutionId, AmcInstanceId, AmcWorkflowId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ExecutionStatus } from './execution-status.ts'
import { ExecutionId, InstanceId, SnapshotId, TemplateId, UserId, WorkflowId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { ParameterDeclaration, ParameterValues } from './parameters.ts'
import { RunDefaults, TimeWindow } from './time-window.ts'
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
  explanation: z.object({ title: z.string(), cause: z.string(), nextStep: z.string() }).nullable(),
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
  /** Null for a text that ran without being saved. */
  version: z.number().int().positive().nullable(),
  /** Of a text that ran without being saved: the version whose edits it holds, where that is known. */
  baseVersion: z.number().int().positive().nullable(),
  /** AMC only looks whether it would take the query: it has no rows. */
  dryRun: z.boolean(),
  instance: z.object({
    id: InstanceId,
    name: z.string(),
    amcInstanceId: AmcInstanceId,
    settledAfterDays: RunDefaults.shape.settledAfterDays,
  }),
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
  /** When its rows were removed, because the workspace keeps results for so many days only; null while they are here. */
  resultsRemovedAt: Instant.nullable(),
  failure: ExecutionFailure.nullable(),
  cancellation: Cancellation.nullable(),
})
export type ExecutionSummary = z.infer<typeof ExecutionSummary>

const textRange = z.object({ from: z.number().int(), to: z.number().int() })

/** Where the sent text differs from the user's: a filled placeholder, or a condition that an empty list switched off. */
export const Fill = z.object({ template: textRange, sent: textRange, parameters: z.array(z.string()) })
export type Fill = z.infer<typeof Fill>

/** Where a result comes from, so that it can be told apart from every other and made again. */
export const Provenance = z.object({
  /** SHA-256 of the text that AMC got, in hex. */
  sqlHash: z.string(),
  /** SHA-256 of the stored result file, in hex; null while there is none. */
  resultHash: z.string().nullable(),
  /** What the instance's tables were when it was asked for, as far as they had been read by then. */
  schemaSnapshot: z.object({ id: SnapshotId, readAt: Instant }).nullable(),
})
export type Provenance = z.infer<typeof Provenance>

export const Execution = ExecutionSummary.extend({
  /** The user's text that ran: of a version, or one that is none. */
  template: z.string(),
  /** SHA-256 of that text: equal texts have equal hashes, saved or not. */
  textHash: z.string(),
  /** The text that AMC got. */
  sqlSent: z.string(),
  fills: z.array(Fill),
  /** The declarations of the text that ran. */
  parameters: z.array(ParameterDeclaration),
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
  provenance: Provenance,
})
export type Execution = z.infer<typeof Execution>

const runFields = z.strictObject({
  /** May be chosen by the caller, who then knows beforehand what AMC gets: a query that is sent as a whole carries it. */
  id: ExecutionId.optional(),
  /** The saved version that runs; or `unsaved`, never both. */
  version: z.number().int().positive().optional(),
  /** A text to run as it stands, which becomes no version; `baseVersion` is the one whose edits it holds. */
  unsaved: WorkflowContent.pick({ sqlQuery: true, parameters: true })
    .extend({ baseVersion: z.number().int().positive().optional() })
    .optional(),
  instanceId: InstanceId,
  values: ParameterValues,
  /** Absent: the default window of the instance, seven days that end 14 days ago where nothing else is set. */
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
  role: 'analyst',
  params: z.strictObject({ workflowId: WorkflowId }),
  headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
  body: RunRequest,
  ok: { status: 202, body: Execution },
  problems: [
    'workflow-not-found',
    'workflow-in-trash',
    'version-not-found',
    'instance-not-found',
    'query-refused',
    'execution-not-found',
    'idempotency-conflict',
  ],
})

/** Why a run sends the query itself and does not name the copy that AMC keeps. */
export const InlineReason = z.enum(['unsaved', 'dry-run', 'no-copy', 'copy-not-ready', 'copy-behind', 'long-value'])
export type InlineReason = z.infer<typeof InlineReason>

export const RunPreview = z.object({
  method: z.string(),
  /** The whole address, with AMC's id of the instance in it. */
  url: z.string(),
  /** As they are sent, but for the token, which is masked. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The body, byte for byte. */
  body: z.string(),
  /** The text that AMC runs, whether it is sent or kept there. */
  sqlSent: z.string(),
  /** Where it differs from the user's text, in order. */
  fills: z.array(Fill),
  /** Null where the run names the copy that AMC keeps. */
  inline: InlineReason.nullable(),
  window: TimeWindow,
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type RunPreview = z.infer<typeof RunPreview>

/** Made by the code that sends the run; nothing is recorded or sent. With the same `id` the run then sends these bytes, unless the copy at
 *  AMC changes in between. */
export const previewRun = endpoint({
  method: 'POST',
  path: '/api/workflows/:workflowId/preview',
  summary: 'What a run would send to AMC',
  tag: 'executions',
  limit: 'frequent',
  role: 'viewer',
  params: z.strictObject({ workflowId: WorkflowId }),
  body: RunRequest,
  ok: { status: 200, body: RunPreview },
  problems: [
    'workflow-not-found',
    'workflow-in-trash',
    'version-not-found',
    'instance-not-found',
    'query-refused',
    'provider-not-configured',
  ],
})

/** What is known before a run of how it will go. */
export const RunOutlook = z.object({
  /** Runs that AMC works on in the instance, of how many that are let through at once; the others wait here. */
  busy: z.number().int().nonnegative(),
  slots: z.number().int().positive(),
  waiting: z.number().int().nonnegative(),
  /** Seconds that completed runs of the query took from the press to the rows: the median of its latest, in this instance where it has
   *  any. Null before the first. */
  usualSeconds: z.number().nonnegative().nullable(),
  /** Of how many runs. */
  runs: z.number().int().nonnegative(),
  lastSeconds: z.number().nonnegative().nullable(),
})
export type RunOutlook = z.infer<typeof RunOutlook>

export const getRunOutlook = endpoint({
  method: 'GET',
  path: '/api/workflows/:workflowId/outlook',
  summary: 'How busy an instance is, and how long a query usually takes there',
  tag: 'executions',
  limit: 'frequent',
  role: 'viewer',
  params: z.strictObject({ workflowId: WorkflowId }),
  query: z.strictObject({ instanceId: InstanceId }),
  ok: { status: 200, body: RunOutlook },
  problems: ['workflow-not-found', 'instance-not-found'],
})

/** A status of the lifecycle, or `open` for every one that is not final. */
export const StatusFilter = z.enum([...ExecutionStatus.options, 'open'])
export type StatusFilter = z.infer<typeof StatusFilter>

const executionFilter = z.strictObject({
  workflowId: WorkflowId.optional(),
  instanceId: InstanceId.optional(),
  /** Of queries that were made of it. */
  templateId: TemplateId.optional(),
  /** Who started it. */
  by: UserId.optional(),
  /** Requested at this instant or later. */
  since: Instant.optional(),
  /** Part of the name of the query or of the person; or a whole id: of the execution, here or at AMC, or of the AMC instance. */
  q: z.string().max(200).optional(),
})

export const listExecutions = endpoint({
  method: 'GET',
  path: '/api/executions',
  summary: 'The executions of the workspace, latest first',
  tag: 'executions',
  role: 'viewer',
  query: PageQuery.extend({ ...executionFilter.shape, status: StatusFilter.optional() }),
  ok: { status: 200, body: page(ExecutionSummary) },
  problems: [],
})

/** The same filter as the list's, without its status. */
export const countExecutions = endpoint({
  method: 'GET',
  path: '/api/executions/counts',
  summary: 'How many executions of a filter are in which state, and who can have started them',
  tag: 'executions',
  role: 'viewer',
  query: executionFilter,
  ok: {
    status: 200,
    body: z.object({
      total: z.number().int().nonnegative(),
      open: z.number().int().nonnegative(),
      completed: z.number().int().nonnegative(),
      failed: z.number().int().nonnegative(),
      cancelled: z.number().int().nonnegative(),
      people: z.array(z.object({ id: UserId, name: z.string().nullable() })),
    }),
  },
  problems: [],
})

export const getExecution = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId',
  summary: 'One execution with what was sent',
  tag: 'executions',
  role: 'viewer',
  params: oneExecution,
  ok: { status: 200, body: Execution },
  problems: ['execution-not-found'],
})

/** The same request again, to the letter: text, values, window and privacy setting of a run. Under the same key it runs once. */
export const repeatExecution = endpoint({
  method: 'POST',
  path: '/api/executions/:executionId/repeat',
  summary: 'Run an execution again with the same values',
  tag: 'executions',
  role: 'analyst',
  params: oneExecution,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
  ok: { status: 202, body: Execution },
  problems: ['execution-not-found', 'instance-not-found', 'idempotency-conflict'],
})

/** An answer of AMC about a run, as it came. */
export const AmcAnswer = z.object({
  at: Instant,
  /** To the call that sent it, about its end, or to the call for its result. */
  about: z.enum(['sent', 'ended', 'result']),
  /** Null for a part of a list: that is told for many runs at once. */
  status: z.number().int().nullable(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type AmcAnswer = z.infer<typeof AmcAnswer>

/** The request that sent a run, and what AMC answered about it. No secret is in it: the token is masked. */
export const SentToAmc = z.object({
  method: z.string(),
  /** Only its path where the connection is not configured any more. */
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Byte for byte. */
  body: z.string(),
  answers: z.array(AmcAnswer),
})
export type SentToAmc = z.infer<typeof SentToAmc>

export const getExecutionRequest = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/request',
  summary: 'What was sent to AMC for an execution, and what came back',
  tag: 'executions',
  role: 'viewer',
  params: oneExecution,
  ok: { status: 200, body: SentToAmc },
  problems: ['execution-not-found', 'instance-not-found'],
})

const TextPlace = z.object({
  from: z.number().int(),
  to: z.number().int(),
  /** From 1; the end is inclusive. */
  line: z.number().int(),
  column: z.number().int(),
  toLine: z.number().int(),
  toColumn: z.number().int(),
})
export type TextPlace = z.infer<typeof TextPlace>

/** A change of the user's text that mends what was refused. */
export const Correction = z.object({
  title: z.string(),
  edits: z.array(z.object({ from: z.number().int(), to: z.number().int(), text: z.string() })),
})
export type Correction = z.infer<typeof Correction>

/** All that is known of why an execution failed, for a person who is to mend it or to hand it on. No secret is in it. */
export const ErrorReport = z.object({
  /** The cause in a few words. */
  title: z.string(),
  what: z.string(),
  why: z.string(),
  next: z.string(),
  where: z.object({
    template: TextPlace.nullable(),
    sent: TextPlace.nullable(),
    /** False where AMC names a thing and no place: then it is the first use of that thing. */
    isCertain: z.boolean(),
  }),
  amcMessage: z.string().nullable(),
  amcRequestId: z.string().nullable(),
  corrections: z.array(Correction),
  /** What else our own checks find in the user's text; AMC tells one error at a time. */
  findings: z.array(QueryFinding),
  entityId: z.string(),
  marketplaceId: z.string(),
  execution: Execution,
  request: SentToAmc,
})
export type ErrorReport = z.infer<typeof ErrorReport>

export const getErrorReport = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/error-report',
  summary: 'Why an execution failed: what, where, why, and what to do',
  tag: 'executions',
  role: 'viewer',
  params: oneExecution,
  ok: { status: 200, body: ErrorReport },
  problems: ['execution-not-found', 'instance-not-found', 'execution-not-failed'],
})

/** Answered from our database; never waits for AMC. */
export const getExecutionStatus = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/status',
  summary: 'Where an execution stands',
  tag: 'executions',
  limit: 'frequent',
  role: 'viewer',
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
  role: 'analyst',
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
  role: 'viewer',
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
