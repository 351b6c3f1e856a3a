import type { Position } from '@recomamp/amc-sql'
import { printable, textWidth } from '../command-line/text.ts'

/** The line of a finding and, for the line below it, what goes under the place. */
export interface Excerpt {
  text: string
  /** Spaces and tabs that lead to the place. */
  indent: string
  /** `^^^`, as wide as the place. */
  marker: string
}

/** Signs of a long line that are shown before and after its place. */
const around = 60
const mostShown = 160

/** The excerpt of a line; a place that goes on in further lines is marked to the end of its first. */
export function excerptOf(line: string, from: Position, to: Position): Excerpt {
  const start = from.column - 1
  const end = Math.max(start + 1, to.line === from.line ? to.column : line.length)
  if (line.length <= mostShown) return cut(line, start, end)
  const first = Math.max(0, start - around)
  const last = Math.min(line.length, Math.max(start, Math.min(end, start + mostShown - 2 * around)) + around)
  const [before, behind] = [first > 0 ? '…' : '', last < line.length ? '…' : '']
  const moved = before.length - first
  return cut(before + line.slice(first, last) + behind, start + moved, Math.min(end, last) + moved)
}

function cut(text: string, start: number, end: number): Excerpt {
  return {
    text: printable(text),
    // A tab is as wide below as above, whatever the terminal makes of it.
    indent: text
      .slice(0, start)
      .split('\t')
      .map((part) => ' '.repeat(textWidth(part)))
      .join('\t'),
    marker: '^'.repeat(Math.max(1, textWidth(text.slice(start, end)))),
  }
}
