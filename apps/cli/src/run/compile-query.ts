import {
  bind,
  compileRun,
  type Diagnostic,
  type LowerOptions,
  type RunWindow,
  type Schema,
  type SourceMap,
} from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'
import type { QueryParameters } from '../parameters/query-parameters.ts'

/** What happens to rows below Amazon's thresholds: they go, they lose values, or nothing as in a sandbox with its controls off. */
export type PrivacyMode = 'remove-rows' | 'blank-values' | 'off'

/** The mode that the options name. */
export function privacyMode(options: { 'blank-values'?: boolean; 'no-privacy'?: boolean }): PrivacyMode {
  const { 'blank-values': blank, 'no-privacy': off } = options
  if (blank === true && off === true) throw new UsageError('--blank-values and --no-privacy exclude each other')
  return off === true ? 'off' : blank === true ? 'blank-values' : 'remove-rows'
}

export type CompiledQuery =
  | { ok: true; sql: string; sourceMap: SourceMap; warnings: Diagnostic[]; privacy: LowerOptions['privacy'] }
  | { ok: false; diagnostics: Diagnostic[] }

/** The query with its values in place, ready for the local engine; positions are those of the text as it was given. */
export function compileQuery(
  text: string,
  { declarations, values }: QueryParameters,
  run: { schema: Schema; window: RunWindow; privacy: PrivacyMode; now: Date },
): CompiledQuery {
  const { schema, window, now } = run
  if (run.privacy === 'off') {
    // What the privacy rules refuse at AMC runs here, so the engine's own checks decide.
    const bound = bind(text, declarations, values)
    return bound.ok
      ? { ok: true, sql: bound.text, sourceMap: bound.sourceMap, warnings: bound.diagnostics, privacy: null }
      : bound
  }
  const privacyFilteringBehavior = run.privacy === 'remove-rows' ? 'REMOVE_ROWS' : 'REMOVE_VALUES'
  const compiled = compileRun({ template: text, declarations, values, schema, window, privacyFilteringBehavior, now })
  if (!compiled.ok) return compiled
  const { sqlQuery, sourceMap, warnings, privacy } = compiled
  return { ok: true, sql: sqlQuery, sourceMap, warnings, privacy }
}
