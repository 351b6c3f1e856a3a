import { loadSchema } from '@recomamp/amc-catalogue/schema'
import type { LocalQuery } from '@recomamp/amc-local'
import { bindRun, compileRun, type Diagnostic, type SourceMap, toTemplateRange, utcWindow } from '@recomamp/amc-sql'
import { hints } from '@recomamp/amc-sql/hints'
import { defaultWindow, type LocalRunRequest, standardDefaults, type TimeWindow } from '@recomamp/contracts'
import { declarationOf } from '#features/amc-copies/index.ts'
import { queryRefused } from '#features/executions/index.ts'

/** A text as the local engine takes it. */
export interface LocalQueryOf {
  query: LocalQuery
  sourceMap: SourceMap
  window: TimeWindow
}

/** Compiles a text as for AMC, by the same function; with the privacy rules off only the engine's own checks decide. */
export function compileLocally(
  run: Omit<LocalRunRequest, 'privacy'>,
  privacy: LocalRunRequest['privacy'],
  now: Date,
): LocalQueryOf {
  const { sqlQuery: template, values } = run
  const window = run.window ?? defaultWindow(now, standardDefaults)
  const declarations = run.parameters.map(declarationOf)
  if (privacy === 'OFF') {
    const bound = bindRun(template, declarations, values)
    if (!bound.ok) throw queryRefused(template, bound.diagnostics)
    const { inputParameters: customParameters, parameterValues, diagnostics } = bound.custom
    if (diagnostics.some(({ severity }) => severity === 'error')) throw queryRefused(template, diagnostics)
    const query = { sql: bound.text, window: utcWindow(window), customParameters, parameterValues, privacy: null }
    return { query, sourceMap: bound.sourceMap, window }
  }
  const compiled = compileRun({
    template,
    declarations,
    values,
    schema: loadSchema(),
    window,
    privacyFilteringBehavior: privacy,
    hints,
    now,
  })
  if (!compiled.ok) throw queryRefused(template, compiled.diagnostics)
  const { sqlQuery: sql, sourceMap, inputParameters: customParameters, parameterValues, audience } = compiled
  // An audience has no rows that AMC would show, so that no threshold applies; here its people are synthetic.
  const asked = audience ? null : compiled.privacy
  return {
    query: { sql, window: utcWindow(window), customParameters, parameterValues, privacy: asked },
    sourceMap,
    window,
  }
}

/** Findings about the text with its values, at their places in the user's text. */
export function inTemplate(sourceMap: SourceMap, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.map((found) => ({ ...found, ...toTemplateRange(sourceMap, found) }))
}
