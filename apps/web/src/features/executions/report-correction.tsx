import { applyEdits } from '@recomamp/amc-sql'
import { type Correction, type ErrorReport, type Execution, executeWorkflow } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Lightbulb, Play } from 'lucide-react'
import { executionQueries } from './executions.queries.ts'
import { executions } from '#messages/executions.ts'
import { call } from '#platform/api.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { changedLines } from './report-text.ts'

const t = executions.report

interface ReportCorrectionProps {
  report: ErrorReport
  correction: Correction
  onStarted: (execution: Execution) => void
}

/** A way to mend the query: what it changes, and the run of the mended text with the same values and window. */
export function ReportCorrection({ report, correction, onStarted }: ReportCorrectionProps) {
  const { execution } = report
  const queryClient = useQueryClient()
  const { before, after } = changedLines(execution.template, correction.edits)
  const run = useMutation({
    mutationFn: () =>
      call(executeWorkflow, {
        params: { workflowId: execution.workflow.id },
        headers: { 'idempotency-key': crypto.randomUUID() },
        body: {
          unsaved: {
            sqlQuery: applyEdits(execution.template, correction.edits),
            parameters: execution.parameters,
            ...(execution.version === null ? {} : { baseVersion: execution.version }),
          },
          instanceId: execution.instance.id,
          values: execution.values,
          window: execution.window,
          privacyFilteringBehavior: execution.privacyFilteringBehavior,
          dryRun: execution.dryRun,
        },
      }),
    onSuccess(started) {
      queryClient.setQueryData(executionQueries.detail(started.id).queryKey, started)
      onStarted(started)
    },
  })
  return (
    <section
      aria-label={t.corrections}
      className="bg-accent-tint border-accent-line my-3.5 flex flex-col gap-2 rounded-6 border px-3.5 py-3"
    >
      <h2 className="text-13 flex items-center gap-2">
        <Lightbulb size={14} strokeWidth={1.7} aria-hidden className="text-accent-text flex-none" />
        <span className="flex-1">{correction.title}</span>
        <span className="text-12 text-text-2 font-regular">{t.place(correction.edits.length)}</span>
      </h2>
      <div className="mono bg-surface border-line-subtle overflow-x-auto rounded-4 border whitespace-pre">
        <del className="bg-bad-tint block px-2.5 py-1 no-underline">- {before}</del>
        <ins className="bg-ok-tint block px-2.5 py-1 no-underline">+ {after}</ins>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" needs={executeWorkflow} busy={run.isPending} onPress={() => run.mutate()}>
          <Play size={14} strokeWidth={1.7} aria-hidden />
          {run.isPending ? t.correcting : t.correct}
        </Button>
        <Link
          to="/workbench/$workflowId"
          params={{ workflowId: execution.workflow.id }}
          search={{ run: execution.id, at: correction.edits[0]?.from }}
          className="btn default"
        >
          {t.openQuery}
        </Link>
      </div>
      {run.error !== null && <ErrorPanel error={run.error} />}
    </section>
  )
}
