import { applyEdits, type AnalyzeOptions, type Diagnostic } from '../src/index.ts'
import { catalogue } from './catalogue.ts'
import { analyze } from './judged.ts'

/** The findings of one rule about a query over the catalogue. */
export function findingsOf(code: string, text: string, options?: AnalyzeOptions): Diagnostic[] {
  return analyze(text, catalogue, options).diagnostics.filter((one) => one.code === code)
}

/** The texts that the findings of a rule mark. */
export function marked(code: string, text: string, options?: AnalyzeOptions): string[] {
  return findingsOf(code, text, options).map(({ from, to }) => text.slice(from, to))
}

/** A query after one fix of the first finding of a rule: the one that needs no choice, or the one with the given title. */
export function mended(code: string, text: string, title?: string): string | null {
  const fixes = findingsOf(code, text)[0]?.fixes ?? []
  const fix = fixes.find((one) => (title === undefined ? one.suggestion !== true : one.title.startsWith(title)))
  return fix === undefined ? null : applyEdits(text, fix.edits)
}

/** The errors of a query, as `CODE message`; a sound one has none. */
export function errorsOf(text: string): string[] {
  const { diagnostics } = analyze(text, catalogue)
  return diagnostics.flatMap(({ severity, code, message }) => (severity === 'error' ? [`${code} ${message}`] : []))
}
