import { type Diagnostic, type Schema, toTemplateRange, utcWindow } from '@recomamp/amc-sql'
import { lower } from '@recomamp/amc-sql/lower'
import type { QueryParameters } from '../parameters/query-parameters.ts'
import { compileQuery } from '../run/compile-query.ts'
import type { RunSettings } from '../run/run-options.ts'

/** What the local engine would run. */
export interface LoweredQuery {
  /** The AMC SQL with values in place; the text as it was given where they cannot be put there. */
  text: string
  /** One DuckDB statement; null where the query is refused. */
  sql: string | null
  /** At their places in the text as it was given. */
  diagnostics: Diagnostic[]
}

/** Compiles and lowers a query, as a run does before anything is executed. */
export function lowerQuery(
  text: string,
  parameters: QueryParameters,
  schema: Schema,
  settings: RunSettings,
): LoweredQuery {
  const compiled = compileQuery(text, parameters, schema, settings)
  if (!compiled.ok) return { text, sql: null, diagnostics: compiled.diagnostics }
  const { query, warnings } = compiled
  const window = utcWindow(settings.window)
  const lowered = lower(query.sql, { schema, window, ...query })
  if (lowered.ok) return { text: query.sql, sql: lowered.sql, diagnostics: warnings }
  const refused = lowered.diagnostics.map((one) => ({ ...one, ...toTemplateRange(query.sourceMap, one) }))
  return { text: query.sql, sql: null, diagnostics: [...warnings, ...refused] }
}
