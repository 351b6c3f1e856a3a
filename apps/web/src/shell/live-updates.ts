import type { AppEvent } from '@recomamp/contracts'
import { dataSourceQueries } from '#features/data-sources/data-sources.queries.ts'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { exportQueries } from '#features/exports/exports.queries.ts'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { webhookQueries } from '#features/settings/webhooks/webhooks.queries.ts'
import { templateQueries } from '#features/templates/templates.queries.ts'
import { refreshLibrary, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { queryClient } from '#platform/query-client.ts'
import { sessionQueries } from '#platform/session.tsx'

const stale = (queryKey: readonly unknown[]) => void queryClient.invalidateQueries({ queryKey })

/** What was read before the stream stood may have changed without being told: a sign-in and the reading of its instances and their
 *  tables begin together, and the reading can end before the stream tells of it. */
export function catchUp(): void {
  stale(sessionQueries.user().queryKey)
  tablesChanged()
  // What failed while the server was away is asked again without anybody pressing Retry.
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.error !== null })
}

/** Reads again what an event says has changed; only what is on screen is fetched at once. */
export function applyEvent(event: AppEvent): void {
  if (event.type === 'execution-changed') {
    stale(executionQueries.all())
    refreshLibrary(queryClient)
    stale(workflowQueries.versions(event.workflowId).queryKey)
    return
  }
  if (event.type === 'results-removed') {
    stale(executionQueries.all())
    return
  }
  if (event.type === 'export-changed') {
    stale(exportQueries.ofExecution(event.executionId).queryKey)
    return
  }
  if (event.type === 'schema-read') {
    tablesChanged()
    return
  }
  if (event.type === 'workflows-changed') {
    refreshLibrary(queryClient)
    for (const workflowId of event.workflowIds) stale(workflowQueries.versions(workflowId).queryKey)
    return
  }
  if (event.type === 'copy-changed') {
    stale(workflowQueries.copies(event.workflowId).queryKey)
    stale(workflowQueries.lists())
    return
  }
  if (event.type === 'webhook-changed') {
    stale(webhookQueries.all())
    return
  }
  stale(instanceQueries.all())
  stale(sessionQueries.user().queryKey)
}

/** Which tables an instance has is told by its pages, by the catalogue, and by each template that may lack one. */
function tablesChanged(): void {
  for (const queryKey of [
    instanceQueries.all(),
    dataSourceQueries.all(),
    templateQueries.lists(),
    templateQueries.details(),
  ])
    stale(queryKey)
}
