import { analyze } from './analyze.ts'
import { customValuesOf } from './bind/custom-values.ts'
import { toCustomParameter } from './bind/to-custom.ts'
import { privacyOf, type RunInput, type RunPrivacy } from './compile-run.ts'
import type { Diagnostic, Edit } from './diagnostic.ts'
import { applyEdits } from './edits.ts'
import type { ParameterDeclaration } from './parameters.ts'
import { parse } from './parse.ts'
import type { CustomParameter } from './resolve/custom-parameter.ts'
import type { Schema } from './schema.ts'
import { type SourceMap, toTemplateRange } from './source-map.ts'

/** A template as a workflow that AMC keeps and fills itself, or every place that stands against it; positions are the template's. */
export type CompiledCopy =
  | {
      ok: true
      sqlQuery: string
      sourceMap: SourceMap
      inputParameters: CustomParameter[]
      privacy: RunPrivacy
    }
  | { ok: false; diagnostics: Diagnostic[] }

/** Writes every `{{name}}` as `CUSTOM_PARAMETER('name')`, and refuses what AMC would refuse to keep. The same input gives the same copy. */
export function compileCopy(
  input: Pick<RunInput, 'template' | 'declarations' | 'schema' | 'privacyFilteringBehavior'>,
): CompiledCopy {
  const { template, declarations, schema } = input
  const parsed = parse(template)
  const faults = parsed.diagnostics.filter(({ severity }) => severity === 'error')
  if (faults.length > 0 || parsed.query === null) return { ok: false, diagnostics: faults }
  const names = [...new Set(parsed.parameterUses.map(({ name }) => name))]
  const edits: Edit[][] = []
  const refusals: Diagnostic[] = []
  // Each by itself on the template first, so that all that stands against it is told, at its place.
  for (const name of names) {
    const conversion = toCustomParameter(template, name, declarations, schema)
    if (conversion.ok) edits.push(conversion.edits)
    else refusals.push(...conversion.diagnostics)
  }
  if (refusals.length > 0) return { ok: false, diagnostics: refusals.toSorted((a, b) => a.from - b.from) }
  const written = together(template, edits.flat()) ?? oneByOne(template, names, declarations, schema)
  const { query } = parse(written.text)
  if (query === null) return { ok: false, diagnostics: [] }
  const { inputParameters, diagnostics } = customValuesOf(query, declarations, {})
  const analysis = analyze(written.text, schema, { customParameters: inputParameters })
  const found = [...diagnostics.filter(({ code }) => code === 'parameter-count'), ...analysis.diagnostics]
    .filter(({ severity }) => severity === 'error')
    .map((finding) => inTemplate(finding, written.sourceMap))
  if (found.length > 0) return { ok: false, diagnostics: found.toSorted((a, b) => a.from - b.from) }
  return {
    ok: true,
    sqlQuery: written.text,
    sourceMap: written.sourceMap,
    inputParameters,
    privacy: privacyOf(input.privacyFilteringBehavior, analysis.output),
  }
}

/** A fix speaks of the written text; the editor has those of the template. */
function inTemplate(diagnostic: Diagnostic, sourceMap: SourceMap): Diagnostic {
  const { fixes: _, ...finding } = diagnostic
  return { ...finding, ...toTemplateRange(sourceMap, finding) }
}

interface Written {
  text: string
  sourceMap: SourceMap
}

/** All edits at once; null where those of two parameters touch, as in `'{{a}} {{b}}'`. */
function together(template: string, edits: readonly Edit[]): Written | null {
  const inOrder = edits.toSorted((a, b) => a.from - b.from || a.to - b.to)
  const fills = []
  let [at, shift] = [-1, 0]
  for (const { from, to, text } of inOrder) {
    if (from <= at) return null
    const sent = { from: from + shift, to: from + shift + text.length }
    fills.push({ template: { from, to }, sent, parameters: [] })
    at = to
    shift += text.length - (to - from)
  }
  return { text: applyEdits(template, inOrder), sourceMap: { fills } }
}

/** One parameter after the other; all that lies between the first and the last change counts as one place. */
function oneByOne(
  template: string,
  names: readonly string[],
  declarations: readonly ParameterDeclaration[],
  schema: Schema,
): Written {
  let text = template
  for (const name of names) {
    const conversion = toCustomParameter(text, name, declarations, schema)
    if (conversion.ok) text = applyEdits(text, conversion.edits)
  }
  const shorter = Math.min(template.length, text.length)
  let from = 0
  while (from < shorter && template[from] === text[from]) from += 1
  let behind = 0
  while (behind < shorter - from && template.at(-1 - behind) === text.at(-1 - behind)) behind += 1
  const fill = {
    template: { from, to: template.length - behind },
    sent: { from, to: text.length - behind },
    parameters: [...names],
  }
  return { text, sourceMap: { fills: [fill] } }
}
