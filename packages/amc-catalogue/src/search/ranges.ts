import { letterMask } from './typos.ts'
import { beginsInitials, tokenOf, wordMatch, type Token } from './word-match.ts'

/** From the first character to highlight to the one behind the last. */
export type Range = readonly [from: number, to: number]

interface Word {
  text: string
  from: number
}

export function wordsOf(text: string): Word[] {
  return [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)].map((found) => ({ text: found[0], from: found.index }))
}

/** What of a text the typed words account for, in order and without overlaps. */
export function matchedRanges(text: string, tokens: readonly Token[]): Range[] {
  const words = wordsOf(text)
  const found = tokens.flatMap((token) => bestPlace(words, token) ?? initialsPlace(words, token))
  return merged(found.length > 0 ? found : joinedPlace(text, words, tokens.map((token) => token.text).join('')))
}

/** What of a text a search accounts for, such as of a description, of which a hit says nothing. */
export function rangesOf(text: string, searched: string): Range[] {
  return matchedRanges(
    text,
    wordsOf(searched).map((word) => tokenOf(word.text)),
  )
}

function bestPlace(words: readonly Word[], token: Token): Range[] | null {
  let best: { quality: number; range: Range } | null = null
  for (const { text, from } of words) {
    const quality = wordMatch(token, text, letterMask(text))
    if (quality === 0 || (best !== null && best.quality >= quality)) continue
    const at = text.indexOf(token.text)
    best = { quality, range: at < 0 ? [from, from + text.length] : [from + at, from + at + token.text.length] }
  }
  return best && [best.range]
}

function initialsPlace(words: readonly Word[], token: Token): Range[] {
  const initials = words.map((word) => word.text[0]).join('')
  return beginsInitials(token, initials)
    ? words.slice(0, token.text.length).map(({ from }): Range => [from, from + 1])
    : []
}

/** `newtobrand` in `new_to_brand`, and `ntb` as its initials. */
function joinedPlace(text: string, words: readonly Word[], typed: string): Range[] {
  const places = words.flatMap((word) => word.text.split('').map((_, at) => word.from + at))
  const at = words
    .map((word) => word.text)
    .join('')
    .indexOf(typed)
  const from = places[at]
  const last = places[at + typed.length - 1]
  if (typed !== '' && from !== undefined && last !== undefined) return [[from, last + 1]]
  const initials = words.map((word) => word.text[0]).join('')
  return typed.length > 1 && initials.startsWith(typed)
    ? words.slice(0, typed.length).map(({ from }): Range => [from, from + 1])
    : []
}

function merged(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
