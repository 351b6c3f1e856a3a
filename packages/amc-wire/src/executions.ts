import { z } from 'zod'
import { DataTypeRead } from './data-types.ts'
import { AmcDateTime, AmcExecutionId, AmcWorkflowId } from './ids.ts'
import { bareOrUnder, flag, maybe, NextToken, numeric } from './tolerant.ts'
import { InlineWorkflowSent } from './workflows.ts'

/** A run of a stored workflow or of inline SQL, in an explicit window: wall-clock times with the zone beside them. */
export const ExecutionSent = z
  .strictObject({
    workflowId: AmcWorkflowId.optional(),
    workflow: InlineWorkflowSent.optional(),
    timeWindowType: z.literal('EXPLICIT'),
    timeWindowStart: AmcDateTime,
    timeWindowEnd: AmcDateTime,
    timeWindowTimeZone: z.string().min(1),
    parameterValues: z.record(z.string(), z.json()).optional(),
    requireSyntheticData: z.boolean().optional(),
    disableAggregationControls: z.boolean().optional(),
    dryRun: z.boolean().optional(),
    workflowExecutionTimeoutSeconds: z.number().int().min(900).max(86_400).optional(),
  })
  .refine((run) => (run.workflowId === undefined) !== (run.workflow === undefined), {
    path: ['workflow'],
    message: 'exactly one of workflowId and workflow must be given',
  })
  .refine((run) => run.timeWindowStart < run.timeWindowEnd, {
    path: ['timeWindowEnd'],
    message: 'must be later than timeWindowStart',
  })
export type ExecutionSent = z.input<typeof ExecutionSent>

/** A column of the result, known once AMC has compiled the query. */
export const AmcOutputColumn = z.object({
  name: z.string(),
  dataType: maybe(DataTypeRead),
  columnType: maybe(z.string()),
  precision: maybe(numeric),
  scale: maybe(numeric),
})
export type AmcOutputColumn = z.infer<typeof AmcOutputColumn>

const executionFields = z.object({
  workflowExecutionId: AmcExecutionId,
  workflowId: maybe(z.string()),
  /** AMC's own word; the set is open. */
  status: z.string().min(1),
  statusReason: maybe(z.string()),
  createTime: maybe(z.string()),
  lastUpdatedTime: maybe(z.string()),
  expireTime: maybe(z.string()),
  /** Seconds of computing; only after the end. */
  executionTime: maybe(numeric),
  timeWindowStart: maybe(z.string()),
  timeWindowEnd: maybe(z.string()),
  timeWindowStartOriginal: maybe(z.string()),
  timeWindowEndOriginal: maybe(z.string()),
  timeWindowTimeZoneOriginal: maybe(z.string()),
  parameterValues: maybe(z.record(z.string(), z.json())),
  disableAggregationControls: maybe(flag),
  workflowExecutionTimeoutSeconds: maybe(numeric),
  outputColumns: z
    .array(AmcOutputColumn)
    .nullish()
    .transform((columns) => columns ?? []),
  outputS3URI: maybe(z.string()),
  /** Only when the workflow was asked for. */
  sqlQuery: maybe(z.string()),
  raw: z.unknown(),
})

/** An execution as read, with all that came as `raw`. Times are UTC texts as they came; there are no start, end, progress or row count
 *  fields. */
export const AmcExecution = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, raw: value } : value),
  executionFields,
)
export type AmcExecution = z.infer<typeof AmcExecution>

/** `POST …/workflowExecutions` and `GET …/{id}`: bare in recorded answers, wrapped in the published description. */
export const AmcExecutionAnswer = bareOrUnder('workflowExecution', AmcExecution)

/** `GET …/workflowExecutions`; the key is `executions` in recorded answers. */
export const AmcExecutionPage = z
  .object({
    executions: z.array(AmcExecution).nullish(),
    workflowExecutions: z.array(AmcExecution).nullish(),
    nextToken: NextToken,
  })
  .transform((page) => ({ items: page.executions ?? page.workflowExecutions ?? [], nextToken: page.nextToken }))

/** `GET …/downloadUrls`: plain texts, at most five of each, valid for ten minutes. */
export const AmcDownloadUrls = z.object({
  downloadUrls: z
    .array(z.url())
    .nullish()
    .transform((urls) => urls ?? []),
  metadataDownloadUrls: z
    .array(z.url())
    .nullish()
    .transform((urls) => urls ?? []),
})
export type AmcDownloadUrls = z.infer<typeof AmcDownloadUrls>
