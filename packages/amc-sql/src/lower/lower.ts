import { examine } from '../analyze.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { outputColumns, type OutputColumn } from '../output.ts'
import type { ParameterValues } from '../parameters.ts'
import { readsUsers } from '../privacy/inner-queries.ts'
import { Tracking, type NeverZero } from '../privacy/tracking.ts'
import { userSetsFor } from '../privacy/user-sets.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import { neverShown } from '../resolve/thresholds.ts'
import { usersNeeded, type Schema } from '../schema.ts'
import { lowerExpression } from './expressions.ts'
import { lowerFinal, type Privacy } from './final.ts'
import { Lowering } from './lowering.ts'
import { lowerQuery } from './queries.ts'

export interface LowerOptions {
  schema: Schema
  /** In UTC, `YYYY-MM-DDTHH:MM:SS`; the end is exclusive. */
  window: { start: string; end: string }
  parameterValues?: ParameterValues
  customParameters?: readonly CustomParameter[]
  /** null switches the privacy controls off, as a sandbox can (AMC sandbox guide). */
  privacy: Privacy | null
  /** Columns that are a number other than 0 in every row, which makes the users of their totals cheaper to count; none by default. */
  neverZero?: NeverZero
  /** The attached database whose schema `main` holds a table; `synthetic` by default. */
  databaseOf?: (table: string) => string
}

export type Lowered =
  | {
      ok: true
      sql: string
      columns: OutputColumn[]
      /** Source tables by name, each once. */
      tables: string[]
    }
  /** Errors only, each with its place in the text. */
  | { ok: false; diagnostics: Diagnostic[] }

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/

/**
 * AMC SQL as one DuckDB statement over tables in attached databases, with the aggregation thresholds inside it. Only functions and tables
 * that AMC has can occur in it; what cannot be run locally is refused at its place.
 */
export function lower(text: string, options: LowerOptions): Lowered {
  const {
    schema,
    window,
    privacy,
    parameterValues = {},
    customParameters = [],
    neverZero,
    databaseOf = () => 'synthetic',
  } = options
  // Told to be no audience query: user ids must not come out of a report because of the way it is written.
  const { analysis, privacyCodes } = examine(text, schema, {
    placeholders: false,
    customParameters,
    audience: false,
  })
  const errors = analysis.diagnostics.filter(
    ({ severity, ours, code }) =>
      severity === 'error' && ours !== true && (privacy !== null || !privacyCodes.has(code)),
  )
  for (const bound of [window.start, window.end])
    if (!time.test(bound))
      errors.push({
        code: 'window',
        severity: 'error',
        message: `${bound} is no time YYYY-MM-DDTHH:MM:SS`,
        from: 0,
        to: 0,
      })
  const { resolution } = analysis
  const query = resolution.query
  // What such a table has in its columns nobody knows here, so that all else would follow from it.
  if (errors.length === 0)
    for (const fault of resolution.faults)
      if (fault.kind === 'unknown-table')
        errors.push({
          code: 'not-lowered',
          severity: 'error',
          message: `Local data has no table ${fault.name}`,
          help: 'Data sets that you uploaded are only in AMC: run the query there',
          from: fault.range.from,
          to: fault.range.to,
        })
  if (errors.length > 0 || query === null) return { ok: false, diagnostics: errors }

  const columns = outputColumns(query.relation)
  // The rules refuse such a column; this holds even where none of them saw it.
  const secret = privacy === null ? undefined : columns.find(({ threshold }) => neverShown(threshold))
  if (secret !== undefined) {
    const message = `The output column ${secret.name} is of class ${secret.threshold}, which AMC never shows`
    return { ok: false, diagnostics: [{ code: 'AMC003', severity: 'error', message, from: 0, to: text.length }] }
  }
  const tracking = new Tracking(resolution, neverZero)
  const needed = Math.max(1, ...columns.map(({ threshold }) => usersNeeded[threshold]))
  if (privacy !== null && tracking.overflow) {
    const message = 'The query uses its source tables too often for the local engine to count the users of each use'
    return { ok: false, diagnostics: [{ code: 'not-lowered', severity: 'error', message, from: 0, to: text.length }] }
  }
  const counts = privacy !== null && readsUsers(tracking) && (needed > 1 || privacy.userCountColumn !== undefined)
  const lowering = new Lowering({
    walk: { query: lowerQuery, expression: lowerExpression },
    text,
    resolution,
    tracking,
    sets: counts ? userSetsFor(needed) : null,
    guarded: privacy !== null && needed > 1,
    window,
    databaseOf,
    parameterValues,
    customParameters,
  })
  const final = lowerFinal(lowering, query, { columns, needed, privacy })
  if (lowering.diagnostics.length > 0) return { ok: false, diagnostics: lowering.diagnostics }
  return { ok: true, ...final, tables: analysis.tables }
}
