import type { AppEvent } from '@recomamp/contracts'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { exportQueries } from '#features/exports/exports.queries.ts'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { workflowQueries } from '#features/workflows/workflows.queries.ts'
import { queryClient } from '#platform/query-client.ts'
import { sessionQueries } from '#platform/session.tsx'

/** Reads again what an event says has changed; only what is on screen is fetched at once. */
export function applyEvent(event: AppEvent): void {
  const stale = (queryKey: readonly unknown[]) => void queryClient.invalidateQueries({ queryKey })
  if (event.type === 'execution-changed') {
    stale(executionQueries.all())
    stale(workflowQueries.latest().queryKey)
    return
  }
  if (event.type === 'export-changed') {
    stale(exportQueries.ofExecution(event.executionId).queryKey)
    return
  }
  if (event.type === 'schema-read') return stale(dataSourceQueries.all())
  if (event.type === 'copy-changed') return stale(workflowQueries.copies(event.workflowId).queryKey)
  stale(instanceQueries.all())
  stale(sessionQueries.user().queryKey)
}
