import { scan, type Token } from '../scan.ts'
import { linesSpokenOf } from '../switched-off.ts'

/** A comment, its text as it stands. */
export interface Remark {
  text: string
  /** True where it begins its line; such a comment begins one in the formatted text too. */
  starts: boolean
  /** True where a blank line stands before it. */
  blank: boolean
  /** True where nothing can follow it on its line. */
  endsLine: boolean
}

/** A token that is neither comment nor white space, with the comments around it. */
export interface Piece {
  token: Token
  /** How it is printed: keywords and functions of AMC in upper case, the rest as written. */
  text: string
  /** The comments between the last line and it, each on a line of its own or in front of it. */
  before: Remark[]
  /** The comments behind it on its line. */
  after: Remark[]
  /** The white space right in front of it; never none behind a comment. */
  gap: 'none' | 'blank' | 'break' | 'blank line'
  /** True for an unclosed text or name, which ends with its line. */
  endsLine: boolean
  /** What must stand before it, because a comment that switches off rules speaks of its line: no line break, or one. */
  kept: 'line' | 'break' | null
  /** For `(`, `[` and CASE: where the content ends, which is the closing piece if there is one. */
  end: number
  closed: boolean
  /** True where a blank stands in front of it on a line. */
  spaced: boolean
  /** A sign in front of a value, not an operator between two. */
  unary: boolean
  /** A word that is a keyword only here, such as the DAY of an INTERVAL. */
  soft: boolean
}

/** The pieces of a text in order; the last one has no text and holds the comments of the end. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let remarks: Remark[] = []
  let space = ''
  const finish = (token: Token) => {
    const piece = pieceOf(text, token, space === '' && remarks.length > 0 ? 'blank' : gapOf(space))
    const first = remarks.findIndex((remark) => remark.starts)
    const own = first === -1 ? remarks.length : first
    pieces.at(-1)?.after.push(...remarks.slice(0, own))
    piece.before = remarks.slice(own)
    pieces.push(piece)
    remarks = []
  }
  const tokens = scan(text)
  for (const token of tokens) {
    if (token.kind === 'space') {
      space += text.slice(token.from, token.to)
      continue
    }
    if (token.kind === 'comment') {
      const gap = gapOf(space)
      const atStart = pieces.length === 0 && remarks.length === 0
      remarks.push({
        text: text.slice(token.from, token.to),
        starts: atStart || gap === 'break' || gap === 'blank line',
        blank: gap === 'blank line' && !atStart,
        endsLine: !text.startsWith('/*', token.from) || token.fault !== null,
      })
    } else finish(token)
    space = ''
  }
  finish({ kind: 'space', from: text.length, to: text.length, word: '', parameters: [], fault: null })
  keepLines(pieces, linesSpokenOf(text, tokens))
  return pieces
}

function keepLines(pieces: readonly Piece[], lines: readonly { from: number; to: number }[]): void {
  let line = 0
  let isInside = false
  for (const piece of pieces) {
    const at = piece.token.from
    while (line < lines.length && (lines[line]?.to ?? 0) <= at) line += 1
    const wasInside = isInside
    isInside = line < lines.length && (lines[line]?.from ?? 0) <= at
    // With a comment in front of it, it begins a line or stands behind that comment anyway.
    if ((!isInside && !wasInside) || piece.before.length > 0) continue
    piece.kept = piece.gap === 'break' || piece.gap === 'blank line' ? 'break' : 'line'
  }
}

function pieceOf(text: string, token: Token, gap: Piece['gap']): Piece {
  return {
    token,
    text: text.slice(token.from, token.to),
    before: [],
    after: [],
    gap,
    endsLine: token.fault === 'unterminated-string' || token.fault === 'unterminated-name',
    kept: null,
    end: -1,
    closed: false,
    spaced: false,
    unary: false,
    soft: false,
  }
}

function gapOf(space: string): Piece['gap'] {
  if (space === '') return 'none'
  const breaks = space.match(/\r\n?|\n/g)?.length ?? 0
  return breaks === 0 ? 'blank' : breaks === 1 ? 'break' : 'blank line'
}
