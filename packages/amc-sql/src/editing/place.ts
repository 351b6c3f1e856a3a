import type { Token } from '../scan.ts'
import type { Range } from '../tree.ts'
import { framesAt, innermostQuery, type Frame, type QueryFrame } from './frames.ts'
import { lastBefore, type Reading } from './reading.ts'

/** A place between the words of a text where something can be written. */
export interface Place {
  reading: Reading
  offset: number
  /** The word at the cursor; empty between words. */
  word: Range
  /** The words before it are `reading.words[0 … before]`. */
  before: number
  frames: readonly Frame[]
  /** The innermost frame. */
  frame: Frame
  query: QueryFrame
  /** The name before the dot that the word stands behind, `i` in `i.camp`; null where there is none. */
  qualifier: string | null
  /** The cursor is inside a text in quotes, or inside a name in double quotes; the word is what the quotes hold. */
  inside: 'text' | 'name' | null
}

/** Where a cursor stands; null inside comments, numbers, and where the words make no sense of it. */
export function placeAt(reading: Reading, offset: number): Place | null {
  const { tokens, words, text } = reading
  const token = tokens[lastBefore(tokens, Math.max(0, offset - 1)) + 1]
  const touched = token !== undefined && token.from < offset && offset <= token.to ? token : null
  if (touched !== null && isClosedTo(touched, offset, text)) return null
  const inside = touched === null ? null : quotesAround(touched, offset)
  const word = wordRange(tokens, touched, offset, inside !== null)
  // What stands in quotes is one token, before which the place is.
  const before = lastBefore(words, inside === null || touched === null ? word.from : touched.from)
  const frames = framesAt(words, before + 1)
  const frame = frames.at(-1)
  if (frame === undefined) return null
  const qualifier = inside === 'text' ? null : qualifierAt(reading, before)
  return { reading, offset, word, before, frames, frame, query: innermostQuery(frames), qualifier, inside }
}

/** Comments and numbers take no completion. */
function isClosedTo(token: Token, offset: number, text: string): boolean {
  if (token.kind === 'number') return true
  if (token.kind !== 'comment') return false
  const closed = token.fault !== 'unterminated-comment' && text.startsWith('/*', token.from)
  return offset < token.to || !closed
}

function quotesAround(token: Token, offset: number): Place['inside'] {
  if (offset === token.to && token.fault?.startsWith('unterminated') !== true) return null
  return token.kind === 'string' ? 'text' : token.kind === 'quoted-name' ? 'name' : null
}

function wordRange(tokens: readonly Token[], touched: Token | null, offset: number, quoted: boolean): Range {
  if (touched !== null) {
    if (quoted) return quotedRange(touched, offset)
    if (touched.kind === 'name' || touched.kind === 'keyword' || touched.kind === 'quoted-name') return touched
  }
  // A word that begins at the cursor belongs to it too: `i.|campaign`.
  const next = tokens[lastBefore(tokens, offset) + 1]
  const touches = next !== undefined && next.from === offset && (next.kind === 'name' || next.kind === 'quoted-name')
  return touches ? next : { from: offset, to: offset }
}

/** What the quotes hold; of unclosed ones as much as stands before the cursor, since they swallowed what follows. */
function quotedRange(token: Token, offset: number): Range {
  if (token.fault !== null) return { from: token.from + 1, to: offset }
  return { from: token.from + 1, to: Math.max(offset, token.to - 1) }
}

/** The name before the dot at the end of the words, without quotes. */
function qualifierAt(reading: Reading, before: number): string | null {
  if (reading.words[before]?.word !== '.') return null
  const name = reading.words[before - 1]
  return name === undefined ? '' : nameIn(reading.text, name)
}

/** What a name token spells, without its double quotes. */
export function nameIn(text: string, token: Token): string {
  const written = text.slice(token.from, token.to)
  return token.kind === 'quoted-name' ? written.slice(1, -1).replaceAll('""', '"') : written
}

/** The word before the place, upper case; '' where there is none or it is a value. */
export function wordBefore(place: Place, distance = 0): string {
  return place.reading.words[place.before - distance]?.word ?? ''
}

const beforeOperand: ReadonlySet<string> = new Set(
  `SELECT DISTINCT ALL WHERE ON AND OR NOT HAVING BY WHEN THEN ELSE CASE BETWEEN LIKE TO ESCAPE LIMIT OFFSET IN INTERVAL VALUES
  QUALIFY ( , [ = <> != < <= > >= + - / % ||`.split(/\s+/),
)

/** True where a value is still to be written, false behind one. */
export function wantsOperand(place: Place): boolean {
  const last = place.reading.words[place.before]
  if (last === undefined) return true
  if (last.word === '*') return !isStar(place)
  // TO is a word of SIMILAR TO only; FROM, FOR and IN may separate the arguments of a call.
  if (last.word === 'TO') return wordBefore(place, 1) === 'SIMILAR'
  if (last.word === 'NOT') return !endsOperand(place.reading.words[place.before - 1])
  if (beforeOperand.has(last.word)) return true
  return place.frame.kind === 'call' && place.frame.separators.at(-1) === last
}

/** True for a word that a value can end with, or the IS behind one. */
function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false
  const { kind, word } = token
  if (kind === 'name' || kind === 'quoted-name' || kind === 'string' || kind === 'number' || kind === 'parameter')
    return true
  return word === ')' || word === ']' || word === 'END' || word === 'IS'
}

/** `*` that stands for all columns and not between two factors. */
function isStar(place: Place): boolean {
  const before = wordBefore(place, 1)
  return before === 'SELECT' || before === '(' || before === ',' || before === '.' || before === 'DISTINCT'
}

/** The position of the argument of the innermost call that the place belongs to, from 0. */
export function argumentAt(place: Place): number {
  return place.frame.kind === 'call' ? place.frame.separators.length : 0
}

const comparing: ReadonlySet<string> = new Set('= <> != < <= > >= IS IN LIKE SIMILAR BETWEEN'.split(' '))
const joining: ReadonlySet<string> = new Set('AND OR WHERE ON HAVING WHEN QUALIFY ,'.split(' '))

/** True where the condition before the place holds a comparison already, as in `a = 1 |`. */
export function isCompared(place: Place): boolean {
  const { words } = place.reading
  let depth = 0
  for (let at = place.before; at >= 0; at -= 1) {
    const word = words[at]?.word ?? ''
    if (word === ')') depth += 1
    if (word === '(') depth -= 1
    if (depth < 0) return false
    if (depth > 0) continue
    if (comparing.has(word)) return true
    if (joining.has(word)) return false
  }
  return false
}
