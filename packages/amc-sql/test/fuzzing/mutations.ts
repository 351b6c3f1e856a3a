import { scan } from '../../src/index.ts'
import { chance, pick, type Choices } from '../generated/choices.ts'

/** A text with one thing done to it. */
type Mutation = (choices: Choices, text: string, words: readonly string[]) => string

const troubles = [
  ...`' " \` ‘ ’ “ ” {{ }} {{p}} {{ p }} #x -- // /* */ /**/ . .. :: : :p $1 ? ! | & ~ ^ \\ @ [ ] { } ( ) ; , == != <> => =< || && % 1e5 1a .5 5.`.split(
    ' ',
  ),
  ...'é 中 😀 \u00a0 \u200b \ufeff \u2028 \u0000 \ud83d \udc00 İ ß ﬁ \u0301'.split(' '),
  ...'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT UNION ALL WITH AS VALUES JOIN LEFT ON USING CASE WHEN THEN ELSE END OVER WINDOW'.split(
    ' ',
  ),
  ...'AND OR NOT IN IS NULL LIKE BETWEEN EXISTS DISTINCT CAST EXTRACT INTERVAL ARRAY TABLE QUALIFY FILTER WITHIN EXCEPT'.split(
    ' ',
  ),
  "CUSTOM_PARAMETER('p')",
  "TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P1D', 'P1D'))",
  '-- recomamp-ignore AMC026: r\n',
  '-- recomamp-ignore-file\n',
  ' ',
  '\n',
  '\r\n',
  '\t',
]

/** The spellings of all tokens of a text, white space included. */
function piecesOf(text: string): string[] {
  return scan(text).map((token) => text.slice(token.from, token.to))
}

function onPieces(change: (choices: Choices, pieces: string[], words: readonly string[]) => void): Mutation {
  return (choices, text, words) => {
    const pieces = piecesOf(text)
    if (pieces.length === 0) return pick(choices, words)
    change(choices, pieces, words)
    return pieces.join('')
  }
}

/** A position of a token that is no white space, if one is found near. */
function solid(choices: Choices, pieces: readonly string[]): number {
  const at = choices.below(pieces.length)
  return pieces[at]?.trim() === '' && at + 1 < pieces.length ? at + 1 : at
}

const word = (choices: Choices, words: readonly string[]) =>
  chance(choices, 40) ? pick(choices, troubles) : pick(choices, words)

/** What happens to one token. */
const tokenMutations: readonly Mutation[] = [
  onPieces((choices, pieces) => void pieces.splice(solid(choices, pieces), 1)),
  onPieces((choices, pieces) => {
    const at = solid(choices, pieces)
    pieces.splice(at, 0, pieces[at] ?? '', chance(choices, 70) ? ' ' : '')
  }),
  onPieces((choices, pieces) => {
    const [a, b] = [solid(choices, pieces), solid(choices, pieces)]
    ;[pieces[a], pieces[b]] = [pieces[b] ?? '', pieces[a] ?? '']
  }),
  onPieces((choices, pieces, words) => {
    pieces[solid(choices, pieces)] = word(choices, words)
  }),
  onPieces((choices, pieces, words) => {
    const space = () => (chance(choices, 80) ? ' ' : '')
    pieces.splice(solid(choices, pieces), 0, space(), word(choices, words), space())
  }),
  // A slip of the keyboard: two letters swapped, or one left out.
  onPieces((choices, pieces) => {
    const at = solid(choices, pieces)
    const piece = pieces[at] ?? ''
    const letter = choices.below(piece.length)
    const swapped = chance(choices, 50) ? (piece[letter + 1] ?? '') + (piece[letter] ?? '') : ''
    pieces[at] = piece.slice(0, letter) + swapped + piece.slice(letter + (swapped === '' ? 1 : 2))
  }),
]

/** What happens to a stretch of tokens. */
const stretchMutations: readonly Mutation[] = [
  onPieces((choices, pieces) => void pieces.splice(choices.below(pieces.length), 1 + choices.below(8))),
  onPieces((choices, pieces) => {
    const from = choices.below(pieces.length)
    const stretch = pieces.slice(from, from + 1 + choices.below(8))
    pieces.splice(choices.below(pieces.length), 0, ...stretch)
  }),
  onPieces((choices, pieces) => {
    const from = choices.below(pieces.length)
    const stretch = pieces.slice(from, from + 1 + choices.below(6)).join('')
    pieces.splice(from, 0, stretch.repeat(1 + choices.below(12)))
  }),
]

/** What happens to single characters. */
const characterMutations: readonly Mutation[] = [
  (choices, text) => {
    const at = choices.below(text.length + 1)
    const flipped = text.charCodeAt(at) ^ (1 << choices.below(chance(choices, 90) ? 7 : 16))
    return Number.isNaN(text.charCodeAt(at))
      ? text
      : text.slice(0, at) + String.fromCharCode(flipped) + text.slice(at + 1)
  },
  (choices, text) => {
    const at = choices.below(text.length + 1)
    return text.slice(0, at) + pick(choices, troubles) + text.slice(at)
  },
  (choices, text) => {
    const at = choices.below(text.length + 1)
    return text.slice(0, at) + text.slice(at + 1 + choices.below(3))
  },
]

/** A text with some things done to it: mostly to tokens, now and then to stretches of them or to characters. */
export function mutated(choices: Choices, text: string, words: readonly string[], times: number): string {
  let current = text
  for (let time = 0; time < times; time += 1) {
    const roll = choices.below(10)
    const mutations = roll < 6 ? tokenMutations : roll < 8 ? stretchMutations : characterMutations
    current = pick(choices, mutations)(choices, current, words)
  }
  return current
}

/** The beginning of one text and the end of another, both cut at tokens. */
export function spliced(choices: Choices, first: string, second: string): string {
  const [a, b] = [piecesOf(first), piecesOf(second)]
  return [...a.slice(0, choices.below(a.length + 1)), ' ', ...b.slice(choices.below(b.length + 1))].join('')
}

/** Tokens one after the other, without any sense. */
export function soup(choices: Choices, words: readonly string[], count: number): string {
  const between = [' ', ' ', ' ', '\n', '', '/**/']
  return Array.from({ length: count }, () => word(choices, words) + pick(choices, between)).join('')
}

/** Any UTF-16 at all: bytes, or code units of every kind. */
export function noise(choices: Choices, length: number): string {
  const most = pick(choices, [0x80, 0x100, 0x3000, 0x1_0000])
  return Array.from({ length }, () => String.fromCharCode(choices.below(most))).join('')
}
