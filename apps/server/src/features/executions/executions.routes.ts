import {
  cancelExecution,
  executeWorkflow,
  getColumnStatistics,
  getExecution,
  getExecutionStatus,
  getPolling,
  getResults,
  listExecutions,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { cancelExecution as cancel } from './cancel-execution.ts'
import { executeWorkflow as execute } from './execute-workflow.ts'
import { pageOfExecutions, requireExecution, requireStatus } from './executions.rows.ts'
import { pollingState } from './polling-state.ts'
import { readResults, readStatistics } from './read-results.ts'
import type { ResultStore } from './results/result-store.ts'

export function executionRoutes(app: App, ctx: Ctx, results: ResultStore): void {
  serve(app, executeWorkflow, ({ who, params, body, headers }) =>
    execute(ctx, who, params.workflowId, body, headers['idempotency-key']),
  )
  serve(app, listExecutions, ({ who, query }) => pageOfExecutions(ctx.db, who.workspaceId, query))
  serve(app, getExecution, ({ who, params }) => requireExecution(ctx.db, who.workspaceId, params.executionId))
  serve(app, getExecutionStatus, ({ who, params }) => requireStatus(ctx.db, who.workspaceId, params.executionId), {
    limit: 'frequent',
  })
  serve(app, getPolling, ({ who }) => pollingState(ctx, who.workspaceId))
  serve(app, cancelExecution, ({ who, params }) => cancel(ctx, who, params.executionId))
  serve(
    app,
    getResults,
    ({ who, params, query }) => readResults(ctx.db, results, who.workspaceId, params.executionId, query),
    { limit: 'frequent' },
  )
  serve(app, getColumnStatistics, ({ who, params, query }) =>
    readStatistics(ctx.db, results, who.workspaceId, params.executionId, query),
  )
}
