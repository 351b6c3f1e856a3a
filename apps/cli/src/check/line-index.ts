import type { Position } from '@recomamp/amc-sql'

/** The lines of a text, to find the places of many offsets in it. */
export class LineIndex {
  readonly #text: string
  readonly #starts = [0]

  constructor(text: string) {
    this.#text = text
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  positionOf(offset: number): Position {
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.#startOf(middle) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - this.#startOf(low) + 1 }
  }

  /** A line, counted from 1, without its end. */
  lineText(line: number): string {
    const end = this.#starts[line] ?? this.#text.length + 1
    return this.#text.slice(this.#startOf(line - 1), end - 1).replace(/\r$/, '')
  }

  #startOf(index: number): number {
    return this.#starts[index] ?? this.#text.length
  }
}
