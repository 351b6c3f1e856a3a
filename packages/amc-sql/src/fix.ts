import { analyze } from './analyze.ts'
import type { Diagnostic, Edit } from './diagnostic.ts'
import { applyEdits } from './edits.ts'
import type { AnalyzeOptions } from './options.ts'
import type { Schema } from './schema.ts'

/** A fix can bring up the next finding; each round takes what does not overlap. */
const mostRounds = 20

/** Mends what can be mended without a person's choice, until nothing changes; answers with the text and the codes that were mended. */
export function fixAll(text: string, schema: Schema, options: AnalyzeOptions = {}): { text: string; fixed: string[] } {
  const fixed: string[] = []
  const seen = new Set([text])
  let current = text
  for (let round = 0; round < mostRounds; round += 1) {
    const { edits, codes } = compatible(analyze(current, schema, options).diagnostics)
    const next = applyEdits(current, edits)
    if (seen.has(next)) break
    seen.add(next)
    fixed.push(...codes)
    current = next
  }
  return { text: current, fixed }
}

/** The first fix of each finding, as far as they leave each other alone. */
function compatible(diagnostics: readonly Diagnostic[]): { edits: Edit[]; codes: string[] } {
  const edits: Edit[] = []
  const codes: string[] = []
  for (const { code, fixes } of diagnostics) {
    const fix = fixes?.find(({ suggestion }) => suggestion !== true)
    if (fix === undefined || fix.edits.some((edit) => edits.some((other) => touch(edit, other)))) continue
    edits.push(...fix.edits)
    codes.push(code)
  }
  return { edits, codes }
}

function touch(a: Edit, b: Edit): boolean {
  return a.from <= b.to && b.from <= a.to
}
