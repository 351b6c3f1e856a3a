import type { Literal } from '../tree.ts'
import { readScalar } from './scalar.ts'

/** A value that stands in a text literal, as it was written there. */
export interface Part {
  from: number
  to: number
  text: string
}

/** What a date, time or INTERVAL is after its placeholders were filled, where that is none; null where all is well. */
export function brokenLiteral(
  template: string,
  literal: Literal,
  of: 'date' | 'timestamp' | 'interval',
  parts: readonly Part[],
): { text: string; expected: string } | null {
  let text = ''
  let at = template.indexOf("'", literal.from) + 1
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    text += template.slice(at, part.from) + part.text
    at = part.to
  }
  text += template.slice(at, literal.to - 1)
  if (of === 'interval') return /^-?\d+(\.\d+)?$/.test(text) ? null : { text, expected: 'a number, such as 14' }
  const read = readScalar(text, of === 'date' ? 'DATE' : 'TIMESTAMP')
  return read.ok ? null : { text, expected: read.expected }
}
