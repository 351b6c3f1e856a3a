import {
  bind,
  compileRun,
  type CustomParameter,
  type Diagnostic,
  type ParameterValues,
  type Schema,
  type SourceMap,
} from '@recomamp/amc-sql'
import { hints } from '@recomamp/amc-sql/hints'
import type { LowerOptions } from '@recomamp/amc-sql/lower'
import { customParametersOf } from '../parameters/custom-parameter.ts'
import type { QueryParameters } from '../parameters/query-parameters.ts'
import type { RunSettings } from './run-options.ts'

export interface ReadyQuery {
  /** With the values of every `{{name}}` in place. */
  sql: string
  sourceMap: SourceMap
  customParameters: CustomParameter[]
  parameterValues: ParameterValues
  privacy: LowerOptions['privacy']
  audience: boolean
}

export type CompiledQuery =
  | { ok: true; query: ReadyQuery; warnings: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] }

/** The query as the local engine takes it; positions are those of the text as it was given. */
export function compileQuery(
  text: string,
  parameters: QueryParameters,
  schema: Schema,
  { window, privacy: mode, now }: RunSettings,
): CompiledQuery {
  const { declarations, values } = parameters
  if (mode === 'off') {
    // What the privacy rules refuse at AMC runs here, so the engine's own checks decide.
    const bound = bind(text, declarations, values)
    if (!bound.ok) return bound
    const customParameters = customParametersOf(parameters)
    const { text: sql, sourceMap, diagnostics } = bound
    return {
      ok: true,
      query: { sql, sourceMap, customParameters, parameterValues: values, privacy: null, audience: false },
      warnings: diagnostics,
    }
  }
  const privacyFilteringBehavior = mode === 'remove-rows' ? 'REMOVE_ROWS' : 'REMOVE_VALUES'
  const compiled = compileRun({
    hints,
    template: text,
    declarations,
    values,
    schema,
    window,
    privacyFilteringBehavior,
    now,
  })
  if (!compiled.ok) return compiled
  const { sqlQuery, sourceMap, inputParameters, parameterValues, audience, warnings } = compiled
  // An audience has no rows that AMC would show, so that no threshold applies; here its people are synthetic.
  const privacy = audience ? null : compiled.privacy
  return {
    ok: true,
    query: { sql: sqlQuery, sourceMap, customParameters: inputParameters, parameterValues, privacy, audience },
    warnings,
  }
}
