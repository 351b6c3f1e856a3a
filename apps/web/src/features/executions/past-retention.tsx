import { type Execution, repeatExecution } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { RotateCcw } from 'lucide-react'
import { counts } from '#messages/counts.ts'
import { keeping } from '#messages/keeping.ts'
import { call } from '#platform/api.ts'
import { instantDay } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { executionQueries } from './executions.queries.ts'

const t = keeping.past

/** Says that the rows of a result are older than the workspace keeps them, and runs it again as it was. */
export function PastRetention({ execution, removedAt }: { execution: Execution; removedAt: string }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const again = useMutation({
    mutationFn: () =>
      call(repeatExecution, {
        params: { executionId: execution.id },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess(started) {
      client.setQueryData(executionQueries.detail(started.id).queryKey, started)
      void client.invalidateQueries({ queryKey: executionQueries.all() })
      void navigate({ to: '/executions/$executionId', params: { executionId: started.id }, search: {} })
    },
  })
  return (
    <div className="flex max-w-[72ch] flex-col items-start gap-2 px-4 py-5 tablet:px-6">
      <h2>{t.title}</h2>
      <p className="text-text-2">{t.body(counts.rows(execution.rowCount ?? 0), instantDay(removedAt))}</p>
      {again.error !== null && <ErrorPanel error={again.error} onRetry={() => again.mutate()} />}
      <Button needs={repeatExecution} busy={again.isPending} onPress={() => again.mutate()}>
        <RotateCcw size={14} strokeWidth={1.7} aria-hidden />
        {t.again}
      </Button>
    </div>
  )
}
