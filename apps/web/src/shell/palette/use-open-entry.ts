import { useCallback } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { useCopyTemplate } from '#features/templates/use-copy-template.ts'
import { rememberWorkflow } from '#features/workflows/workflows.queries.ts'
import type { PaletteEntry } from './entries.ts'
import { rememberEntry } from './recent-entries.ts'

/** Goes to what an entry names, or does it; `onDone` when that is on its way and the palette can close. */
export function useOpenEntry(onDone: () => void): { open: (entry: PaletteEntry) => void; problem: Error | null } {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { instance, choose } = useChosenInstance()
  const copy = useCopyTemplate(instance?.id ?? null, (created) => {
    rememberWorkflow(queryClient, created)
    void navigate({ to: '/workbench/$workflowId', params: { workflowId: created.id }, search: {} })
    onDone()
  })

  const go = useCallback(
    (entry: Exclude<PaletteEntry, { kind: 'template' }>): void => {
      switch (entry.kind) {
        case 'field':
          void navigate({
            to: '/data-sources/$name',
            params: { name: entry.table },
            search: {},
            hash: `field-${entry.label}`,
          })
          break
        case 'source':
          void navigate({ to: '/data-sources/$name', params: { name: entry.source.name }, search: {} })
          break
        case 'workflow':
          void navigate({ to: '/workbench/$workflowId', params: { workflowId: entry.workflow.id }, search: {} })
          break
        case 'execution':
          void navigate({ to: '/executions/$executionId', params: { executionId: entry.execution.id }, search: {} })
          break
        case 'instance':
          choose(entry.instance.id)
          break
        case 'setting':
          void navigate({ to: '/settings/$section', params: { section: entry.section }, search: {} })
          break
        case 'page':
          void navigate({ to: entry.to })
          break
        case 'action':
          entry.run()
      }
      onDone()
    },
    [navigate, choose, onDone],
  )

  const { isPending, mutate, error } = copy
  // The same function while somebody types, so that the rows are not drawn anew at each key.
  const open = useCallback(
    (entry: PaletteEntry) => {
      if (entry.kind !== 'action') rememberEntry(entry.key)
      if (entry.kind !== 'template') go(entry)
      else if (!isPending) mutate(entry.template)
    },
    [go, isPending, mutate],
  )
  return { open, problem: error }
}
