import { functions } from '../functions/catalogue.ts'
import type { Piece } from './pieces.ts'

/** Finds what belongs together in a list of pieces, and how its words are written. */
export function readWords(pieces: readonly Piece[]): void {
  match(pieces)
  pieces.forEach((piece, at) => {
    piece.unary = isSign(piece, pieces[at - 1])
    if (piece.token.kind === 'name') piece.soft ||= isSoft(pieces, at)
    if (isUpper(pieces, at)) piece.text = piece.text.toUpperCase()
  })
}

/** Where a CASE or a parenthesis that was not closed surely ends. */
const clauseWords: ReadonlySet<string> = new Set(
  'SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT MINUS WITH ;'.split(' '),
)
const closing: Record<string, string> = { '(': ')', '[': ']', CASE: 'END' }

interface Open {
  at: number
  closer: string
  /** The word in front of the parenthesis. */
  owner: string
  /** The AS of a CAST has been passed. */
  typed: boolean
}

/** Gives each opening piece its end; one without a partner ends with what it stands in. */
function match(pieces: readonly Piece[]): void {
  const stack: Open[] = []
  const counts: Record<string, number> = { ')': 0, ']': 0, END: 0 }
  const leave = (at: number, closed: boolean) => {
    const open = stack.pop()
    const piece = open === undefined ? undefined : pieces[open.at]
    if (open === undefined || piece === undefined) return
    counts[open.closer] = (counts[open.closer] ?? 0) - 1
    piece.end = at
    piece.closed = closed
  }
  pieces.forEach((piece, at) => {
    const { word, kind } = piece.token
    if (isGlued(pieces, at)) return
    const top = stack.at(-1)
    const closer = kind === 'keyword' || kind === 'punctuation' ? closing[word] : undefined
    if (closer !== undefined) {
      stack.push({ at, closer, owner: pieces[at - 1]?.token.word ?? '', typed: false })
      counts[closer] = (counts[closer] ?? 0) + 1
    } else if (word === ')' || word === ']') {
      if ((counts[word] ?? 0) === 0) return
      while (stack.at(-1)?.closer !== word) leave(at, false)
      leave(at, true)
    } else if (word === 'END' && top?.closer === 'END') leave(at, true)
    else if (clauseWords.has(word)) while (stack.at(-1)?.closer === 'END') leave(at, false)
    else if (top?.owner.endsWith('CAST') && kind !== 'name') top.typed ||= word === 'AS'
    else if (kind === 'name') piece.soft = isSoftInside(piece, at, top)
  })
  while (stack.length > 0) leave(pieces.length - 1, false)
}

function isSoftInside(piece: Piece, at: number, top: Open | undefined): boolean {
  if (top === undefined) return false
  if (top.typed) return true
  if (top.owner === 'SUBSTRING') return piece.token.word === 'FOR'
  if (at !== top.at + 1) return false
  return top.owner === 'EXTRACT' || (top.owner === 'TRIM' && /^(BOTH|LEADING|TRAILING)$/.test(piece.token.word))
}

/** The column of `i.order` is a name, though its word is a keyword. */
export function isGlued(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  return piece?.token.kind === 'keyword' && piece.gap === 'none' && pieces[at - 1]?.token.word === '.'
}

const values: ReadonlySet<string> = new Set('NULL TRUE FALSE END CURRENT_DATE CURRENT_TIMESTAMP'.split(' '))

/** True for a piece that can end a value. */
export function endsValue(piece: Piece | undefined): boolean {
  if (piece === undefined || piece.soft) return false
  const { kind, word } = piece.token
  if (kind === 'keyword') return values.has(word)
  if (kind === 'operator') return false
  return kind !== 'punctuation' || word === ')' || word === ']'
}

function isSign(piece: Piece, before: Piece | undefined): boolean {
  const { word } = piece.token
  return (word === '-' || word === '+') && !endsValue(before)
}

const intervalUnits = /^(SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR)S?$/

function isSoft(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1]?.token.word ?? ''
  const next = pieces[at + 1]?.token
  switch (pieces[at]?.token.word) {
    case 'DATE':
    case 'TIMESTAMP':
      return next?.kind === 'string'
    case 'TO':
      return before === 'SIMILAR'
    case 'RECURSIVE':
      return before === 'WITH'
    case 'FILTER':
      return before === ')' && next?.word === '('
    case 'WITHIN':
      return next?.word === 'GROUP'
    case 'NULLS':
      return next?.word === 'FIRST' || next?.word === 'LAST'
    case 'FIRST':
    case 'LAST':
      return before === 'NULLS'
    default:
      if (before === '::') return true
      return pieces[at - 2]?.token.word === 'INTERVAL' && intervalUnits.test(pieces[at]?.token.word ?? '')
  }
}

function isUpper(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  if (piece === undefined || isGlued(pieces, at)) return false
  if (piece.token.kind === 'keyword' || piece.soft) return true
  if (piece.token.kind !== 'name' || pieces[at + 1]?.token.word !== '(' || ownsColumns(pieces, at)) return false
  return functions.has(piece.token.word) || piece.token.word === 'EXTEND_TIME_WINDOW'
}

/** True for the name in front of a column list: `t (a, b) AS (…)` and `(…) AS t (a, b)`, which is no call. */
export function ownsColumns(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1]
  const opened = pieces[at + 1]
  if (before !== undefined && (before.token.word === 'AS' || (endsValue(before) && before.token.kind !== 'number')))
    return true
  const behind = opened?.closed ? opened.end + 1 : -1
  return pieces[behind]?.token.word === 'AS' && pieces[behind + 1]?.token.word === '('
}
