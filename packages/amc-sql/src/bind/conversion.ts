import type { Diagnostic, Edit } from '../diagnostic.ts'
import { aboutWriting } from '../edits.ts'
import type { Range } from '../tree.ts'

/** The edits that write a parameter in its other form, and its declaration there; or every place that stands against it, and why. */
export type Conversion<Declaration> =
  | { ok: true; edits: Edit[]; declaration: Declaration }
  | { ok: false; diagnostics: Diagnostic[] }

/** The errors in how a text is written: in such a text nobody knows what a change would do. */
export function writingErrors(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ code, severity }) => severity === 'error' && aboutWriting.has(code))
}

export function refusal({ from, to }: Range, message: string, help: string): Diagnostic {
  return { code: 'parameter-conversion', severity: 'error', from, to, message, help }
}

/** Collects edits that may begin or end at one place: what encloses is put in first in front, last behind. */
export class Edits {
  readonly #edits: Edit[] = []

  replace(range: Range, text: string): void {
    this.#edits.push({ from: range.from, to: range.to, text })
  }

  /** Text around a range. Ranges are enclosed from the outside to the inside. */
  enclose(range: Range, before: string, after: string): void {
    this.#edits.push({ from: range.from, to: range.from, text: before })
    this.#edits.unshift({ from: range.to, to: range.to, text: after })
  }

  /** In the order of the text, with those that touch each other as one. */
  inOrder(): Edit[] {
    const edits: Edit[] = []
    for (const edit of this.#edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
      const last = edits.at(-1)
      if (last !== undefined && last.to === edit.from) {
        last.text += edit.text
        last.to = edit.to
      } else edits.push({ ...edit })
    }
    return edits
  }
}
