import { bind, compileRun, type Diagnostic, type Schema, type SourceMap } from '@recomamp/amc-sql'
import type { LowerOptions } from '@recomamp/amc-sql/lower'
import type { QueryParameters } from '../parameters/query-parameters.ts'
import type { RunSettings } from './run-options.ts'

export type CompiledQuery =
  | { ok: true; sql: string; sourceMap: SourceMap; warnings: Diagnostic[]; privacy: LowerOptions['privacy'] }
  | { ok: false; diagnostics: Diagnostic[] }

/** The query with its values in place, ready for the local engine; positions are those of the text as it was given. */
export function compileQuery(
  text: string,
  { declarations: placeholders, custom, values }: QueryParameters,
  schema: Schema,
  { window, privacy: mode, now }: RunSettings,
): CompiledQuery {
  if (mode === 'off') {
    // What the privacy rules refuse at AMC runs here, so the engine's own checks decide.
    const bound = bind(text, placeholders, values)
    return bound.ok
      ? { ok: true, sql: bound.text, sourceMap: bound.sourceMap, warnings: bound.diagnostics, privacy: null }
      : bound
  }
  const privacyFilteringBehavior = mode === 'remove-rows' ? 'REMOVE_ROWS' : 'REMOVE_VALUES'
  const more = custom.filter(({ name }) => !placeholders.some((one) => one.name === name))
  const declarations = [...placeholders, ...more]
  const compiled = compileRun({ template: text, declarations, values, schema, window, privacyFilteringBehavior, now })
  if (!compiled.ok) return compiled
  const { sqlQuery, sourceMap, warnings, privacy } = compiled
  return { ok: true, sql: sqlQuery, sourceMap, warnings, privacy }
}
