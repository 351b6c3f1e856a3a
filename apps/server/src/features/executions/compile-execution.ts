import { loadSchema } from '@recomamp/amc-catalogue'
import { hints } from '@recomamp/amc-sql/hints'
import { compileRun, type Diagnostic, type ParameterDeclaration, positionAt, type RunPrivacy } from '@recomamp/amc-sql'
import { AmcWorkflowId, ExecutionSent } from '@recomamp/amc-wire'
import {
  defaultWindow,
  type ExecutionId,
  Problem,
  type QueryFinding,
  type RunRequest,
  type TimeWindow,
} from '@recomamp/contracts'
import type { z } from 'zod'
import type { ReachableInstance } from '#features/instances/index.ts'
import type { SentRequest } from './sent-request.ts'

/** A run as it will be sent, complete in itself. */
export interface CompiledExecution extends SentRequest {
  amcWorkflowId: AmcWorkflowId
  window: TimeWindow
  warnings: { code: string; message: string }[]
}

/** What a run is made of: a saved version, or a text that is none. */
export type RunText = NonNullable<RunRequest['unsaved']>

/** Compiles a text with the values of a run into the exact request for AMC; a Problem query-refused with every finding. */
export function compileExecution(input: {
  id: ExecutionId
  text: RunText
  instance: ReachableInstance
  run: RunRequest
  now: Date
}): CompiledExecution {
  const { text, run, instance } = input
  const window = run.window ?? defaultWindow(input.now)
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
  })
  if (!compiled.ok) throw refusal(template, compiled.diagnostics)
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
  return { request, template, sourceMap: compiled.sourceMap, amcWorkflowId, window, warnings }
}

/** The id under which an inline run goes: ours, so that a run whose answer was lost can be told from every other. Never cut (F-43). */
function amcWorkflowIdOf(id: ExecutionId): AmcWorkflowId {
  return AmcWorkflowId.parse(`recomamp-${id}`)
}

/** The same declaration: what is absent from JSON is absent here too. */
function declarationOf(declared: RunText['parameters'][number]): ParameterDeclaration {
  const { default: value, description, ...rest } = declared
  return {
    ...rest,
    ...(value === undefined ? {} : { default: value }),
    ...(description === undefined ? {} : { description }),
  }
}

/** Asks AMC to say in three columns of its own what it blanked, where it blanks values instead of dropping rows. */
function privacyFields(privacy: RunPrivacy) {
  if (privacy.behavior === 'REMOVE_ROWS') return { privacyFilteringBehavior: privacy.behavior }
  return {
    privacyFilteringBehavior: privacy.behavior,
    filteredMetricsDiscriminatorColumn: privacy.discriminatorColumn,
    distinctUserCountColumn: privacy.userCountColumn,
    filteredReasonColumn: privacy.reasonColumn,
  }
}

function refusal(template: string, diagnostics: readonly Diagnostic[]): Problem {
  const findings = diagnostics.map((diagnostic): z.infer<typeof QueryFinding> => {
    const { code, severity, message, from, to } = diagnostic
    return { code, severity, message, from, to, ...positionAt(template, from) }
  })
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
