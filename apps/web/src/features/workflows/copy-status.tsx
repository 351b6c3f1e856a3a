import type { AmcCopy, InstanceId, PrivacyFilteringBehavior, WorkflowId } from '@recomamp/contracts'
import { Problem, removeCopy, syncWorkflow } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { memo } from 'react'
import { copies as t } from '#messages/copies.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { workflowQueries } from './workflows.queries.ts'

interface CopyStatusProps {
  workflowId: WorkflowId
  instanceId: InstanceId
  privacy: PrivacyFilteringBehavior
  /** The version that the text on screen is, or was edited from. */
  version: number
  /** The text on screen is no version yet. */
  edited: boolean
  /** Makes a version of the text on screen and answers its number. */
  save: () => Promise<number>
}

/** Whether AMC keeps this query in the chosen instance and which text of it, in words; and the way to bring it in step. */
export const CopyStatus = memo(function CopyStatus({
  workflowId,
  instanceId,
  privacy,
  version,
  edited,
  save,
}: CopyStatusProps) {
  const queryClient = useQueryClient()
  const { data } = useQuery(workflowQueries.copies(workflowId, version))
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: workflowQueries.copies(workflowId).queryKey })
  const sync = useMutation({
    mutationFn: async () =>
      call(syncWorkflow, {
        params: { workflowId },
        body: { version: await save(), instanceId, privacyFilteringBehavior: privacy },
      }),
    onSettled: readAgain,
  })
  const remove = useMutation({
    mutationFn: () => call(removeCopy, { params: { workflowId, instanceId } }),
    onSettled: readAgain,
  })
  if (data === undefined) return null
  const copy = data.items.find((each) => each.instance.id === instanceId) ?? null
  const underWay = copy?.state === 'waiting' || copy?.state === 'removing'
  const problem = sync.error ?? remove.error
  return (
    <section aria-label={t.title} className="text-12 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
      <span role="status" className={copy?.state === 'failed' ? 'text-warn' : 'text-text-2'}>
        {t.title}: {stateInWords(copy, edited)}
      </span>
      {!underWay && (copy?.state !== 'in-step' || edited) && (
        <Button size="small" look="quiet" needs={syncWorkflow} busy={sync.isPending} onPress={() => sync.mutate()}>
          {t.sync}
        </Button>
      )}
      {!underWay && copy !== null && (
        <Button size="small" look="quiet" needs={removeCopy} busy={remove.isPending} onPress={() => remove.mutate()}>
          {t.remove}
        </Button>
      )}
      {problem !== null && (
        <p role="alert" className="text-warn min-w-[240px] flex-1">
          {problem instanceof Problem && problem.type === 'copy-impossible' && `${problem.title}. `}
          {problem.message}
        </p>
      )}
    </section>
  )
})

function stateInWords(copy: AmcCopy | null, edited: boolean): string {
  if (copy === null) return t.none
  const { failure } = copy
  if (failure !== null) {
    const words = failure.amcMessage === null ? '' : t.amcWords(failure.amcMessage)
    return [`${failure.message}.`, words, failure.explanation?.nextStep ?? ''].filter(Boolean).join(' ')
  }
  if (copy.state === 'in-step') return edited ? t.beforeEdits : t.inStep
  if (copy.state === 'behind') return copy.storedVersion === null ? t.unknown : t.behind(copy.storedVersion)
  return copy.state === 'failed' ? t.unknown : t[copy.state]
}
