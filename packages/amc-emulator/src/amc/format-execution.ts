import type { ExecutionRow } from '../state/executions.store.ts'
import { localText } from '../runs/wall-time.ts'
import { alphabetical } from './answer.ts'

const hour = 3_600_000
/** AMC's own figure in all recorded answers. */
const invalidationOffsetSecs = 266_400

/** An execution as recorded answers have it: a fresh one lacks what is only known after compilation, and absent fields are left out. */
export function formatExecution(row: ExecutionRow, includeWorkflow: boolean): Record<string, unknown> {
  const { run } = row
  const explicit = run.window.type === 'EXPLICIT'
  const { sqlQuery } = run.definition
  return alphabetical({
    ...(row.validatedAt === null ? {} : { availableTimeBeforeWindowSecs: 0 }),
    createTime: utc(row.createdAt),
    dataGaps: [],
    disableAggregationControls: run.disableAggregationControls,
    executionCategory: run.schedule === 'adhoc' ? 'AD_HOC' : 'SCHEDULED',
    ...(row.executionSeconds === null ? {} : { executionTime: row.executionSeconds }),
    expireTime: utc(row.createdAt + 24 * hour),
    ignoreDataGaps: run.ignoreDataGaps,
    ...(row.validatedAt === null ? {} : { invalidationOffsetSecs }),
    lastUpdatedTime: utc(row.updatedAt),
    ...(row.outputColumns === null ? {} : { outputColumns: row.outputColumns, outputS3URI: placeInBucket(row) }),
    parameterValues: run.parameterValues,
    ...(includeWorkflow && sqlQuery !== undefined ? { sqlQuery } : {}),
    status: row.status,
    ...(row.statusReason === null ? {} : { statusReason: row.statusReason }),
    ...(row.window === null ? {} : { timeWindowStart: `${row.window.start}Z`, timeWindowEnd: `${row.window.end}Z` }),
    ...(explicit ? { timeWindowStartOriginal: run.window.start, timeWindowEndOriginal: run.window.end } : {}),
    timeWindowTimeZoneOriginal: run.window.zone,
    ...(row.validatedAt === null ? {} : { validatedTime: new Date(row.validatedAt).toISOString() }),
    waitUntil: utc(row.createdAt - hour),
    workflowExecutionId: row.id,
    workflowExecutionTimeoutSeconds: run.timeoutSeconds,
    workflowId: row.workflowId,
  })
}

/** The key in a connected bucket (guide get-your-results), or the text `N/A` without one. */
function placeInBucket({ run, workflowId, createdAt }: ExecutionRow): string {
  if (run.bucketName === '') return 'N/A'
  const created = new Date(createdAt).toISOString()
  const file =
    run.schedule === 'adhoc' ? `${created}-${workflowId}.csv` : `${created.slice(0, 10)}-${workflowId}-ver1.csv`
  return `s3://${run.bucketName}/workflow=${workflowId}/schedule=${run.schedule}/${file}`
}

function utc(instant: number): string {
  return `${localText(instant)}Z`
}
