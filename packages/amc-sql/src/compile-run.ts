import { analyze } from './analyze.ts'
import { bind, type BindResult } from './bind.ts'
import { type CustomValues, customValuesOf } from './bind/custom-values.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { OutputColumn } from './output.ts'
import type { ParameterDeclaration, ParameterValues } from './parameters.ts'
import { parse } from './parse.ts'
import type { CustomParameter } from './resolve/custom-parameter.ts'
import type { Hints } from './rules/rule.ts'
import type { Schema } from './schema.ts'
import { type SourceMap, toTemplateRange } from './source-map.ts'
import { isTimeZone, isWallClock, utcWindow, type RunWindow } from './utc-window.ts'

/** All that decides what is sent to AMC. */
export interface RunInput {
  template: string
  declarations: readonly ParameterDeclaration[]
  values: ParameterValues
  schema: Schema
  window: RunWindow
  privacyFilteringBehavior: 'REMOVE_ROWS' | 'REMOVE_VALUES'
  /** Rules beside those that find what AMC refuses; their findings become warnings of the run. */
  hints?: Hints | undefined
  /** The present, by which days are settled or not, and after how many: 14 unless the instance is set to another number. */
  now: Date
  settledAfterDays?: number | undefined
}

/** What AMC does with rows below their threshold; with REMOVE_VALUES the names of the columns that it adds, none an output column. */
export type RunPrivacy =
  | { behavior: 'REMOVE_ROWS' }
  | { behavior: 'REMOVE_VALUES'; discriminatorColumn: string; userCountColumn: string; reasonColumn: string }

export type CompiledRun =
  | {
      ok: true
      /** The exact text for AMC. */
      sqlQuery: string
      sourceMap: SourceMap
      /** The declarations and values of what the query leaves to AMC by `CUSTOM_PARAMETER('name')`. */
      inputParameters: CustomParameter[]
      parameterValues: ParameterValues
      /** Findings that do not stop the run; positions are the template's. */
      warnings: Diagnostic[]
      privacy: RunPrivacy
      /** The result is an audience: people to show ads to, and no rows for anybody to read. */
      audience: boolean
      window: RunWindow
    }
  | { ok: false; diagnostics: Diagnostic[] }

/**
 * The one way from a template to what AMC gets: preview, run and command line use it. Whatever AMC would surely refuse stops here:
 * syntax errors, missing or wrong values, unknown names, privacy errors, a window with a zone. Positions are the template's.
 */
export function compileRun(input: RunInput): CompiledRun {
  const { template, declarations, values, window } = input
  const faults = windowFaults(window)
  const bound = bindRun(template, declarations, values)
  if (!bound.ok) return { ok: false, diagnostics: [...faults, ...bound.diagnostics] }
  const { custom } = bound
  const customParameters = custom.inputParameters
  const { now, settledAfterDays } = input
  const run = faults.length === 0 ? { run: { window: utcWindow(window), now, settledAfterDays } } : {}
  const analysis = analyze(bound.text, input.schema, { customParameters, hints: input.hints, ...run })
  const judged = inTemplate(analysis.diagnostics, bound.sourceMap)
  const findings = unique([...bound.diagnostics, ...custom.diagnostics, ...judged, ...lengthHints(bound.text)])
  findings.sort((a, b) => a.from - b.from)
  if (faults.length > 0 || findings.some((one) => one.severity === 'error'))
    return { ok: false, diagnostics: [...faults, ...findings] }
  return {
    ok: true,
    sqlQuery: bound.text,
    sourceMap: bound.sourceMap,
    inputParameters: custom.inputParameters,
    parameterValues: custom.parameterValues,
    warnings: findings,
    privacy: privacyOf(input.privacyFilteringBehavior, analysis.output),
    audience: analysis.audience,
    window,
  }
}

/** A text with all its values: in place, and beside it for what the query leaves to AMC by CUSTOM_PARAMETER. */
export function bindRun(
  template: string,
  declarations: readonly ParameterDeclaration[],
  values: ParameterValues,
): (BindResult & { ok: false }) | (BindResult & { ok: true; custom: CustomValues }) {
  const parsed = parse(template)
  const bound = bind(template, declarations, values, parsed)
  if (!bound.ok) return bound
  if (parsed.query === null) return { ok: false, diagnostics: bound.diagnostics }
  return { ...bound, custom: customValuesOf(parsed.query, declarations, values) }
}

/** Bytes of a query above which other tools stop; Amazon publishes no limit (F-42). */
const longQuery = 102_400

function lengthHints(text: string): Diagnostic[] {
  const bytes = utf8Length(text)
  if (bytes <= longQuery) return []
  const message = `With its values the query has ${bytes} bytes; AMC publishes no limit, but may refuse more than ${longQuery}`
  const help = 'Give fewer values, or run the query once for each part of them'
  return [{ code: 'long-query', severity: 'warning', from: 0, to: 0, message, help }]
}

function utf8Length(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}

/** In a bound text every `{{x}}` that is left is a part of a value. */
const aboutPlaceholders: ReadonlySet<string> = new Set(['AMC012', 'placeholder'])

/** Findings about a bound text at their places in the template. */
function inTemplate(diagnostics: readonly Diagnostic[], sourceMap: SourceMap): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    if (aboutPlaceholders.has(diagnostic.code)) continue
    // A fix speaks of the bound text; the editor has those of the template.
    const { fixes: _, ...finding } = diagnostic
    found.push({ ...finding, ...toTemplateRange(sourceMap, finding) })
  }
  return found
}

/** What a list's values have in common is said once. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>()
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.code} ${diagnostic.from} ${diagnostic.to}`
    if (!found.has(key)) found.set(key, diagnostic)
  }
  return [...found.values()]
}

/** F-05: a time with a zone gives an empty result at AMC without a word. */
function windowFaults(window: RunWindow): Diagnostic[] {
  const found: Diagnostic[] = []
  const fault = (message: string, help: string) =>
    found.push({ code: 'window', severity: 'error', from: 0, to: 0, message, help })
  for (const end of ['start', 'end'] as const)
    if (!isWallClock(window[end]))
      fault(
        `The ${end} of the time window, ${JSON.stringify(window[end])}, is not a time YYYY-MM-DDTHH:MM:SS without a zone`,
        'Write 2025-07-15T00:00:00; the zone has its own field',
      )
  if (!isTimeZone(window.timeZone))
    fault(`${JSON.stringify(window.timeZone)} is not a time zone`, 'Write UTC or a name such as America/New_York')
  if (found.length === 0 && window.start >= window.end)
    fault('The time window ends before it starts, or at that moment', 'The end must be later than the start')
  return found
}

/** What AMC is asked to do below its thresholds, with names for its columns that no output column has. */
export function privacyOf(behavior: RunInput['privacyFilteringBehavior'], output: readonly OutputColumn[]): RunPrivacy {
  if (behavior === 'REMOVE_ROWS') return { behavior }
  const taken = new Set(output.map((column) => column.name.toLowerCase()))
  return {
    behavior,
    discriminatorColumn: freeName('filtered', taken),
    userCountColumn: freeName('user_count', taken),
    reasonColumn: freeName('filtered_reason', taken),
  }
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`
  taken.add(name)
  return name
}
