import { type Execution, executeWorkflow, repeatExecution, TimeWindow } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { PencilLine, RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { executionQueries } from './executions.queries.ts'
import { executions } from '#messages/executions.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'

const t = executions.runAgain
type Values = Execution['values']

interface RunAgainProps {
  execution: Execution
  onStarted: (execution: Execution) => void
  /** The field of one parameter, by its type. */
  renderValue: (
    declaration: Execution['parameters'][number],
    value: Values[string] | undefined,
    onValue: (value: Values[string]) => void,
  ) => ReactNode
}

/** Runs an execution once more: as it was, or with other values for its parameters and its window. */
export function RunAgain({ execution, onStarted, renderValue }: RunAgainProps) {
  const queryClient = useQueryClient()
  const [isEditing, setEditing] = useState(false)
  const started = (next: Execution) => {
    queryClient.setQueryData(executionQueries.detail(next.id).queryKey, next)
    void queryClient.invalidateQueries({ queryKey: executionQueries.all() })
    onStarted(next)
  }
  const same = useMutation({
    mutationFn: () =>
      call(repeatExecution, {
        params: { executionId: execution.id },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess: started,
  })
  return (
    <>
      <Button needs={executeWorkflow} onPress={() => setEditing(true)}>
        <PencilLine size={14} strokeWidth={1.7} aria-hidden />
        {t.edit}
      </Button>
      <Button look="primary" needs={repeatExecution} busy={same.isPending} onPress={() => same.mutate()}>
        <RotateCcw size={14} strokeWidth={1.7} aria-hidden />
        {same.isPending ? t.running : t.button}
      </Button>
      {same.error !== null && (
        <div className="basis-full">
          <ErrorPanel error={same.error} onRetry={() => same.mutate()} />
        </div>
      )}
      {isEditing && (
        <OtherValues
          execution={execution}
          renderValue={renderValue}
          onClose={() => setEditing(false)}
          onStarted={(next) => {
            setEditing(false)
            started(next)
          }}
        />
      )}
    </>
  )
}

function OtherValues({ execution, renderValue, onClose, onStarted }: RunAgainProps & { onClose: () => void }) {
  const [values, setValues] = useState(execution.values)
  const [start, setStart] = useState<string>(execution.window.start)
  const [end, setEnd] = useState<string>(execution.window.end)
  const { timeZone } = execution.window
  const window = TimeWindow.safeParse({ start: start.trim(), end: end.trim(), timeZone }).data ?? null
  const [isTried, setTried] = useState(false)
  const run = useMutation({
    mutationFn: (window: TimeWindow) =>
      call(executeWorkflow, {
        params: { workflowId: execution.workflow.id },
        headers: { 'idempotency-key': crypto.randomUUID() },
        body: {
          ...(execution.version === null
            ? {
                unsaved: {
                  sqlQuery: execution.template,
                  parameters: execution.parameters,
                  ...(execution.baseVersion !== null && { baseVersion: execution.baseVersion }),
                },
              }
            : { version: execution.version }),
          instanceId: execution.instance.id,
          values,
          window,
          privacyFilteringBehavior: execution.privacyFilteringBehavior,
          dryRun: execution.dryRun,
        },
      }),
    onSuccess: onStarted,
  })
  return (
    <Dialog title={t.title} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (window !== null) run.mutate(window)
        }}
      >
        {execution.parameters.length === 0 && <p className="text-text-2">{t.noParameters}</p>}
        {execution.parameters.map((declaration) => (
          <div key={declaration.name} className="flex flex-col gap-1">
            <span className="parameter-pill self-start">{declaration.name}</span>
            {renderValue(declaration, values[declaration.name], (value) =>
              setValues((old) => ({ ...old, [declaration.name]: value })),
            )}
          </div>
        ))}
        <div className="grid gap-2 tablet:grid-cols-2">
          <Field label={t.from} mono value={start} onChange={setStart} />
          <Field
            label={t.to}
            mono
            value={end}
            onChange={setEnd}
            help={t.exclusive}
            error={isTried && window === null ? t.windowFault : null}
          />
        </div>
        <p className="text-12 text-text-2">
          {t.zone}: {timeZone}
        </p>
        {run.error !== null && <ErrorPanel error={run.error} />}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onPress={onClose}>
            {t.cancel}
          </Button>
          <Button look="primary" type="submit" busy={run.isPending}>
            {run.isPending ? t.running : t.run}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
