import {
  type ExecutionId,
  type InstanceId,
  type WorkflowId,
  type WorkflowSummary,
  createWorkflow,
  executeWorkflow,
  exportWorkflows,
  getWorkflow,
  restoreWorkflows,
  syncWorkflows,
  tagWorkflows,
  trashWorkflows,
} from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { library as t } from '#messages/queries.ts'
import { call } from '#platform/api.ts'
import { saveBlob } from '#platform/save-file.ts'
import { tell } from '#ui/toast.tsx'
import { refreshLibrary, rememberWorkflow } from './workflows.queries.ts'

/** What was asked for and did not go: shown above the list until something else is done. */
type Refusals = readonly { workflowId: WorkflowId; message: string }[]

interface Ways {
  toQuery: (workflowId: WorkflowId, run?: ExecutionId) => void
  /** What is selected no longer is. */
  onGone: (workflowIds: readonly WorkflowId[]) => void
}

/** Everything that can be done with queries of the library; the list is read again after each. */
export function useLibraryActions({ toQuery, onGone }: Ways) {
  const client = useQueryClient()
  const [refused, setRefused] = useState<Refusals>([])
  const act = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
    onMutate: () => {
      setRefused([])
      // At once, however long the server takes; what comes of it takes its place.
      return tell(t.working)
    },
    onSettled: (_done, _error, _work, takeBack) => {
      takeBack?.()
      refreshLibrary(client)
    },
  })
  const nameOf = (queries: readonly WorkflowSummary[]) => queries[0]?.name ?? ''

  function restore(queries: readonly WorkflowSummary[], workflowIds: readonly WorkflowId[]): void {
    act.mutate(async () => {
      await call(restoreWorkflows, { body: { workflowIds: [...workflowIds] } })
      onGone(workflowIds)
      tell(t.restored(workflowIds.length, nameOf(queries)))
    })
  }

  return {
    busy: act.isPending,
    error: act.error,
    refused,
    dismiss: () => setRefused([]),
    restore,
    trash(queries: readonly WorkflowSummary[], workflowIds: readonly WorkflowId[], copies: 'keep' | 'remove'): void {
      act.mutate(async () => {
        await call(trashWorkflows, { body: { workflowIds: [...workflowIds], copies } })
        onGone(workflowIds)
        tell(t.trashed(workflowIds.length, nameOf(queries)), () => restore(queries, workflowIds))
      })
    },
    tag(workflowIds: readonly WorkflowId[], add: readonly string[], remove: readonly string[]): void {
      act.mutate(async () => {
        await call(tagWorkflows, { body: { workflowIds: [...workflowIds], add: [...add], remove: [...remove] } })
      })
    },
    sync(workflowIds: readonly WorkflowId[]): void {
      act.mutate(async () => {
        const answer = await call(syncWorkflows, { body: { workflowIds: [...workflowIds] } })
        setRefused(answer.refused)
        tell(t.synced(answer.asked))
      })
    },
    export(workflowIds: readonly WorkflowId[]): void {
      act.mutate(async () => {
        const archive = await call(exportWorkflows, { body: { workflowIds: [...workflowIds] } })
        if (archive instanceof Blob) saveBlob('queries.zip', archive)
      })
    },
    copy(workflowId: WorkflowId): void {
      act.mutate(async () => {
        const { current, instance } = await call(getWorkflow, { params: { workflowId } })
        const { name, sqlQuery, parameters, values } = current
        const body = { name: t.copyName(name).slice(0, 200), sqlQuery, parameters, values }
        const made = await call(createWorkflow, { body: { ...body, instanceId: instance?.id ?? null } })
        rememberWorkflow(client, made)
        toQuery(made.id)
      })
    },
    /** Runs the saved version in its instance, or in the chosen one, with the values that were saved, and shows the run. */
    run(workflowId: WorkflowId, chosen: InstanceId | null): void {
      act.mutate(async () => {
        const { version, current, instance } = await call(getWorkflow, { params: { workflowId } })
        const instanceId = instance?.id ?? chosen
        if (instanceId === null) return toQuery(workflowId)
        const body = { version, instanceId, values: current.values, privacyFilteringBehavior: 'REMOVE_VALUES' as const }
        const execution = await call(executeWorkflow, { params: { workflowId }, body })
        toQuery(workflowId, execution.id)
      })
    },
    importFiles(files: readonly File[], instanceId: InstanceId | null): void {
      act.mutate(async () => {
        for (const file of files) {
          const name =
            file.name
              .replace(/\.sql$/i, '')
              .trim()
              .slice(0, 200) || t.newQuery
          const content = { name, sqlQuery: await file.text(), parameters: [], values: {} }
          await call(createWorkflow, { body: { ...content, instanceId } })
        }
        tell(t.imported(files.length))
      })
    },
  }
}
