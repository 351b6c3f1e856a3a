import type { ExecutionSummary } from '@recomamp/contracts'
import { cancelExecution, isFinal } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { executions as t } from '#messages/executions.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { executionQueries } from './executions.queries.ts'

/** Ends an open run: the button, and in words whether AMC has heard of it and what it said against it. `of` names it
 *  where several stand. */
export function CancelRun({ execution, of }: { execution: ExecutionSummary; of?: string }) {
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => call(cancelExecution, { params: { executionId: execution.id } }),
    onSuccess(asked) {
      queryClient.setQueryData(executionQueries.detail(asked.id).queryKey, asked)
      void queryClient.invalidateQueries({ queryKey: executionQueries.all() })
    },
  })
  const { cancellation } = execution
  const failure = cancellation?.failure ?? null
  const open = !isFinal(execution.status)
  const underWay = cancellation !== null && (failure === null || failure.again)
  const button = failure === null ? t.cancel.button : t.cancel.again
  const words = wordsOf(execution, cancel.error)
  return (
    <>
      {open && !underWay && (
        <Button
          size="small"
          needs={cancelExecution}
          busy={cancel.isPending}
          {...(of === undefined ? {} : { 'aria-label': `${button}: ${of}` })}
          onPress={() => cancel.mutate()}
        >
          {button}
        </Button>
      )}
      <span role="status" className={`text-12 ${failure === null ? 'text-text-2' : 'text-warn'}`}>
        {words}
      </span>
    </>
  )
}

function wordsOf({ cancellation, status }: ExecutionSummary, error: Error | null): string {
  if (error !== null) return error.message
  if (cancellation === null || status === 'cancelled') return ''
  const { failure } = cancellation
  if (failure !== null)
    return failure.amcMessage === null ? `${failure.message}.` : t.cancel.failed(failure.message, failure.amcMessage)
  return isFinal(status) ? t.cancel.late : t.cancel.asked
}
