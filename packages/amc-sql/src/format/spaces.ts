import type { Piece } from './pieces.ts'
import { endsValue, ownsColumns } from './words.ts'

const calledKeywords: ReadonlySet<string> = new Set(
  'ARRAY CAST CURRENT_DATE CURRENT_TIMESTAMP EXTRACT LEFT RIGHT TABLE UNNEST'.split(' '),
)

/** True where a blank stands between the piece at `at` and the next one on its line. */
export function isSpaced(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  const next = pieces[at + 1]
  if (piece === undefined || next === undefined) return false
  const mark = next.token.word
  if (mark === ',' || mark === ';' || mark === ')' || mark === ']') return false
  if (piece.after.length > 0) return true
  switch (piece.token.word) {
    case '(':
    case '[':
      return false
    case '.':
      return next.gap !== 'none' && !isName(next) && mark !== '*'
    case '::':
      return next.token.kind !== 'name'
    default:
  }
  switch (mark) {
    case '.':
      return !isName(piece) && next.gap !== 'none'
    case '::':
      return !endsValue(piece) || piece.token.kind === 'unknown'
    case '(':
      return !isCalled(pieces, at)
    case '[':
      return !endsValue(piece) && piece.token.word !== 'ARRAY'
    default:
      return !(piece.unary && (endsValue(next) || next.token.kind === 'keyword') && next.token.kind !== 'unknown')
  }
}

function isName(piece: Piece): boolean {
  return piece.token.kind === 'name' || piece.token.kind === 'quoted-name'
}

/** True for what stands right in front of its parenthesis: functions, types and signs. */
function isCalled(pieces: readonly Piece[], at: number): boolean {
  const piece = pieces[at]
  if (piece === undefined) return false
  if (piece.unary) return true
  if (piece.soft) return !/^(TO|FILTER|FOR|BOTH|LEADING|TRAILING)$/.test(piece.token.word)
  if (isName(piece)) return !ownsColumns(pieces, at)
  return calledKeywords.has(piece.token.word)
}
