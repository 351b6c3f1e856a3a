import { analyze } from './analyze.ts'
import type { Diagnostic, Edit } from './diagnostic.ts'
import { aboutWriting, applyEdits } from './edits.ts'
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
  const broken = diagnostics.some(({ code, severity }) => severity === 'error' && aboutWriting.has(code))
  const taken = new Edits()
  const codes: string[] = []
  for (const { code, fixes } of diagnostics) {
    const fix = fixes?.find(({ suggestion }) => suggestion !== true)
    if (fix === undefined || (broken && !aboutWriting.has(code)) || fix.edits.some((edit) => taken.touches(edit)))
      continue
    for (const edit of fix.edits) taken.add(edit)
    codes.push(code)
  }
  return { edits: taken.list, codes }
}

/** Edits by their place, so that thousands of them are found quickly. */
class Edits {
  readonly list: Edit[] = []

  touches(edit: Edit): boolean {
    const at = this.#after(edit)
    const [before, next] = [this.list[at - 1], this.list[at]]
    return (before !== undefined && before.to >= edit.from) || (next !== undefined && next.from <= edit.to)
  }

  add(edit: Edit): void {
    this.list.splice(this.#after(edit), 0, edit)
  }

  /** The position of the first edit that begins behind the beginning of another. */
  #after({ from }: Edit): number {
    let [low, high] = [0, this.list.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.list[middle]?.from ?? 0) <= from) low = middle + 1
      else high = middle
    }
    return low
  }
}
