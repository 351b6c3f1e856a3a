import {
  cancelExecution,
  compareResults,
  countExecutions,
  executeWorkflow,
  getChartData,
  getColumnStatistics,
  getErrorReport,
  getExecution,
  getExecutionRequest,
  getExecutionStatus,
  getMoneyColumns,
  getPolling,
  getProvenance,
  getResults,
  getRunOutlook,
  listExecutions,
  previewRun,
  repeatExecution,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'
import { cancelExecution as cancel } from './cancel-execution.ts'
import { compareExecutions } from './compare-executions.ts'
import { reportError } from './error-report.ts'
import { executeWorkflow as execute } from './execute-workflow.ts'
import { requireExecution, requireStatus } from './executions.rows.ts'
import { countsOfExecutions, pageOfExecutions } from './list-executions.store.ts'
import { moneyColumnsOf } from './money-columns-of.ts'
import { pollingState } from './polling-state.ts'
import { previewRun as preview } from './preview-run.ts'
import { requireProvenance } from './provenance.ts'
import { readChart, readResults, readStatistics } from './read-results.ts'
import { repeatExecution as repeat } from './repeat-execution.ts'
import { runOutlook } from './run-outlook.ts'
import type { ResultStore } from './results/result-store.ts'
import { showRequest } from './show-request.ts'

export function executionRoutes(app: App, ctx: Ctx, results: ResultStore): void {
  serve(app, executeWorkflow, ({ who, params, body, headers }) =>
    execute(ctx, who, params.workflowId, body, headers['idempotency-key']),
  )
  serve(app, getRunOutlook, ({ who, params, query }) => runOutlook(ctx, who, params.workflowId, query.instanceId))
  serve(app, previewRun, ({ who, params, body }) => preview(ctx, who, params.workflowId, body))
  serve(app, listExecutions, ({ who, query }) => pageOfExecutions(ctx.db, who.workspaceId, query))
  serve(app, countExecutions, ({ who, query }) => countsOfExecutions(ctx.db, who.workspaceId, query))
  serve(app, getExecution, ({ who, params }) => requireExecution(ctx.db, who.workspaceId, params.executionId))
  serve(app, getExecutionStatus, ({ who, params }) => requireStatus(ctx.db, who.workspaceId, params.executionId))
  serve(app, getExecutionRequest, ({ who, params }) => showRequest(ctx, who.workspaceId, params.executionId))
  serve(app, getMoneyColumns, ({ who, params }) => moneyColumnsOf(ctx.db, who.workspaceId, params.executionId))
  serve(app, getErrorReport, ({ who, params }) => reportError(ctx, who.workspaceId, params.executionId))
  serve(app, getProvenance, ({ who, params }) => requireProvenance(ctx.db, who.workspaceId, params.executionId))
  serve(app, repeatExecution, ({ who, params, headers }) =>
    repeat(ctx, who, params.executionId, headers['idempotency-key']),
  )
  serve(app, getPolling, ({ who }) => pollingState(ctx, who.workspaceId))
  serve(app, cancelExecution, ({ who, params }) => cancel(ctx, who, params.executionId))
  serve(app, getResults, ({ who, params, query }) =>
    readResults(ctx.db, results, who.workspaceId, params.executionId, query),
  )
  serve(app, getColumnStatistics, ({ who, params, query }) =>
    readStatistics(ctx.db, results, who.workspaceId, params.executionId, query),
  )
  serve(app, getChartData, ({ who, params, query }) =>
    readChart(ctx.db, results, who.workspaceId, params.executionId, query),
  )
  serve(app, compareResults, ({ who, params, query }) =>
    compareExecutions(ctx.db, results, who.workspaceId, params.executionId, query),
  )
}
