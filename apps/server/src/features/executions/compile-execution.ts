import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { hints } from '@recomamp/amc-sql/hints'
import { compileRun, type Diagnostic } from '@recomamp/amc-sql'
import { AmcWorkflowId, ExecutionSent } from '@recomamp/amc-wire'
import { defaultWindow, type ExecutionId, Problem, type RunRequest, type TimeWindow } from '@recomamp/contracts'
import { declarationOf, findingOf, privacyFields, type RunByCopy } from '#features/amc-copies/index.ts'
import type { ReachableInstance } from '#features/instances/index.ts'
import type { SentRequest } from './sent-request.ts'

/** A run as it will be sent, complete in itself. */
export interface CompiledExecution extends SentRequest {
  amcWorkflowId: AmcWorkflowId
  window: TimeWindow
  warnings: { code: string; message: string }[]
}

/** What a run is made of: a saved version, or a text that is none. */
export type RunText = Pick<NonNullable<RunRequest['unsaved']>, 'sqlQuery' | 'parameters'>

/** Compiles a text with the values of a run into the exact request for AMC; a Problem query-refused with every finding. */
export function compileExecution(input: {
  id: ExecutionId
  text: RunText
  instance: ReachableInstance
  run: RunRequest
  now: Date
}): CompiledExecution {
  const { text, run, instance } = input
  const window = run.window ?? defaultWindow(input.now, instance.defaults)
  const template = text.sqlQuery
  const compiled = compileRun({
    hints,
    template,
    declarations: text.parameters.map(declarationOf),
    values: run.values,
    schema: loadSchema(),
    window,
    privacyFilteringBehavior: run.privacyFilteringBehavior,
    now: input.now,
    settledAfterDays: instance.defaults.settledAfterDays,
  })
  if (!compiled.ok) throw queryRefused(template, compiled.diagnostics)
  const amcWorkflowId = amcWorkflowIdOf(input.id)
  const { inputParameters, parameterValues } = compiled
  const request = ExecutionSent.parse({
    workflow: {
      workflowId: amcWorkflowId,
      sqlQuery: compiled.sqlQuery,
      ...(inputParameters.length > 0 && { inputParameters }),
      ...privacyFields(compiled.privacy),
    },
    timeWindowType: 'EXPLICIT',
    timeWindowStart: window.start,
    timeWindowEnd: window.end,
    timeWindowTimeZone: window.timeZone,
    ...(Object.keys(parameterValues).length > 0 && { parameterValues }),
    // A sandbox answers only then; other instances hold no synthetic data (guide amc-sandbox).
    ...(instance.type === 'SANDBOX' ? { requireSyntheticData: true } : {}),
    ...(run.dryRun ? { dryRun: true } : {}),
  })
  const warnings = compiled.warnings.map(({ code, message }) => ({ code, message }))
  return { copy: null, request, template, sourceMap: compiled.sourceMap, amcWorkflowId, window, warnings }
}

/** The same run by the copy that AMC keeps, with the values beside it. */
export function byCopy(compiled: CompiledExecution, run: RunByCopy): CompiledExecution {
  const { workflow: _, parameterValues: __, ...rest } = compiled.request
  const request = ExecutionSent.parse({
    ...rest,
    workflowId: run.amcWorkflowId,
    ...(Object.keys(run.parameterValues).length > 0 && { parameterValues: run.parameterValues }),
  })
  const { amcWorkflowId, sourceMap, definition, hash } = run
  return { ...compiled, request, amcWorkflowId, sourceMap, copy: { definition, hash } }
}

/** The same run with the whole query in it, for a copy that AMC no longer has like that. */
export function asWhole(id: ExecutionId, sent: SentRequest & { copy: NonNullable<SentRequest['copy']> }) {
  const { workflowId: _, ...rest } = sent.request
  const amcWorkflowId = amcWorkflowIdOf(id)
  const request = ExecutionSent.parse({ ...rest, workflow: { ...sent.copy.definition, workflowId: amcWorkflowId } })
  return { request, amcWorkflowId }
}

/** A request once more, for another execution: a whole query goes under an id of its own, a copy under the copy's. */
export function requestUnder(id: ExecutionId, sent: Pick<CompiledExecution, 'request' | 'amcWorkflowId'>) {
  const { workflow } = sent.request
  if (workflow === undefined) return { request: sent.request, amcWorkflowId: sent.amcWorkflowId }
  const amcWorkflowId = amcWorkflowIdOf(id)
  const request = ExecutionSent.parse({ ...sent.request, workflow: { ...workflow, workflowId: amcWorkflowId } })
  return { request, amcWorkflowId }
}

/** The id under which an inline run goes: ours, so that a run whose answer was lost can be told from every other. Never cut (F-43). */
function amcWorkflowIdOf(id: ExecutionId): AmcWorkflowId {
  return AmcWorkflowId.parse(`recomamp-${id}`)
}

/** The refusal of a query with every finding at its place in the text. */
export function queryRefused(template: string, diagnostics: readonly Diagnostic[]): Problem {
  const findings = diagnostics.map((diagnostic) => findingOf(template, diagnostic))
  const errors = findings.filter((finding) => finding.severity === 'error')
  const first = errors[0]
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new Problem(
    'query-refused',
    first === undefined
      ? undefined
      : `Line ${first.line}, column ${first.column}: ${first.message}${more}. Nothing was sent to AMC`,
    {
      errors: errors.map(({ message }) => ({ path: 'sqlQuery', message })),
      extensions: { findings },
    },
  )
}
