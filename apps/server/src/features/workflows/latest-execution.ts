import type { ExecutionId, ExecutionStatus, LatestExecution } from '@recomamp/contracts'

/** The latest execution of a query or of a version, as lists show it. */
export function toLatest(row: {
  latest_id: ExecutionId | null
  latest_status: ExecutionStatus | null
  latest_amc_status: string | null
  latest_requested_at: Date | null
  latest_row_count: string | null
  latest_failure: string | null
}): LatestExecution | null {
  if (row.latest_id === null || row.latest_status === null || row.latest_requested_at === null) return null
  return {
    id: row.latest_id,
    status: row.latest_status,
    amcStatus: row.latest_amc_status,
    requestedAt: row.latest_requested_at.toISOString(),
    rowCount: row.latest_row_count === null ? null : Number(row.latest_row_count),
    failure: row.latest_failure,
  }
}
