import type { Job } from '#platform/jobs/job.ts'
import { cancelExecutionsJob } from './cancel-executions.job.ts'
import { ingestResultsJob } from './ingest-results.job.ts'
import { pollExecutionsJob } from './poll-executions.job.ts'
import { recoverSubmissionsJob } from './recover-submissions.job.ts'
import type { ResultStore } from './results/result-store.ts'
import { submitExecutionsJob } from './submit-executions.job.ts'

export { queryRefused } from './compile-execution.ts'
export { executionRoutes } from './executions.routes.ts'
export { requireExecution, requireStatus } from './executions.rows.ts'
export { requireProvenance } from './provenance.ts'
export { requireResult } from './read-results.ts'
export { type DuckDbSession, identifier, literal } from './results/duckdb-session.ts'
export { cellText } from './results/duckdb-types.ts'
export type { ResultLayout } from './results/result-layout.ts'
export { kindOf } from './results/result-query.ts'
export { openResultStore, ResultGone, type ResultStore } from './results/result-store.ts'

/** The background work on executions: sent, looked for, asked for, ended, fetched. */
export function executionJobs(results: ResultStore): Job[] {
  return [submitExecutionsJob, recoverSubmissionsJob, pollExecutionsJob, cancelExecutionsJob, ingestResultsJob(results)]
}
