import type { Edit } from '../diagnostic.ts'
import { scan, type Token } from '../scan.ts'
import { type Doc, hard, list, remarks } from './doc.ts'
import { ExpressionLayout } from './expressions.ts'
import { piecesOf } from './pieces.ts'
import { print } from './print.ts'
import { queryDoc } from './queries.ts'
import { isSpaced } from './spaces.ts'
import { readWords } from './words.ts'

export interface FormatOptions {
  /** Columns that a line should not exceed; 100 unless told. */
  width?: number
}

/**
 * The text as a careful analyst would lay it out. Changes white space and the case of keywords and functions, nothing else;
 * formatting twice changes nothing more. A text whose tokens would not survive the new lines is given back as it is.
 */
export function format(text: string, options: FormatOptions = {}): string {
  const pieces = piecesOf(text)
  const end = pieces.length - 1
  readWords(pieces)
  for (const [at, piece] of pieces.entries()) piece.spaced = at > 0 && isSpaced(pieces, at - 1)
  const parts: Doc[] = []
  if (end > 0) parts.push(queryDoc(new ExpressionLayout(pieces, queryDoc), { from: 0, to: end }, hard))
  const last = pieces[end]
  if (last !== undefined && last.before.length > 0) parts.push(remarks(last))
  const lineBreak = lineBreakOf(text)
  const formatted = print(list(parts), options.width ?? 100, lineBreak)
  if (formatted === '') return text
  const whole = last?.gap === 'break' || last?.gap === 'blank line' ? formatted + lineBreak : formatted
  return haveSameTokens(text, whole) ? whole : text
}

/** The edits that format a text, each in one gap or one word: an editor that applies them keeps its cursor and its marks. */
export function formatEdits(text: string, options: FormatOptions = {}): Edit[] {
  const formatted = format(text, options)
  const edits: Edit[] = []
  if (formatted === text) return edits
  const before = solidTokens(text)
  const after = solidTokens(formatted)
  let from = 0
  let start = 0
  for (const [index, token] of before.entries()) {
    const other = after[index] ?? token
    replace(edits, text, from, token.from, formatted.slice(start, other.from))
    replace(edits, text, token.from, token.to, formatted.slice(other.from, other.to))
    from = token.to
    start = other.to
  }
  replace(edits, text, from, text.length, formatted.slice(start))
  return edits
}

/** Adds the smallest edit that makes a range into another text, if they differ. */
function replace(edits: Edit[], text: string, from: number, to: number, wanted: string): void {
  const old = text.slice(from, to)
  if (old === wanted) return
  const most = Math.min(old.length, wanted.length)
  let head = 0
  while (head < most && old[head] === wanted[head]) head += 1
  let tail = 0
  while (tail < most - head && old.at(-1 - tail) === wanted.at(-1 - tail)) tail += 1
  edits.push({ from: from + head, to: to - tail, text: wanted.slice(head, wanted.length - tail) })
}

function solidTokens(text: string): Token[] {
  return scan(text).filter((token) => token.kind !== 'space')
}

function haveSameTokens(text: string, formatted: string): boolean {
  const before = solidTokens(text)
  const after = solidTokens(formatted)
  return (
    before.length === after.length &&
    before.every((token, index) => {
      const other = after[index]
      return (
        other !== undefined &&
        other.kind === token.kind &&
        other.word === token.word &&
        (token.word !== '' || text.slice(token.from, token.to) === formatted.slice(other.from, other.to))
      )
    })
  )
}

/** The line break that the text uses between its tokens. */
function lineBreakOf(text: string): string {
  const spaces = scan(text).filter((token) => token.kind === 'space')
  for (const token of spaces) {
    const found = /\r?\n/.exec(text.slice(token.from, token.to))
    if (found !== null) return found[0]
  }
  return /\r?\n/.exec(text)?.[0] ?? '\n'
}
