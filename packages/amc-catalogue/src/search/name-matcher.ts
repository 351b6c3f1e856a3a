import { matchedRanges, wordsOf, type Range } from './ranges.ts'
import { letterMask } from './typos.ts'
import { beginsInitials, tokenOf, wordMatch, type Token } from './word-match.ts'

export interface NameMatch {
  score: number
  ranges: Range[]
}

/**
 * Answers how well a name fits every typed word, on the scale of the index, and null where one does not fit; for lists that are too
 * short, or change too often, for an index. `beside` are words that find the name and are not shown.
 */
export function createNameMatcher(text: string): (name: string, beside?: string) => NameMatch | null {
  const tokens = [...new Set(wordsOf(text).map((word) => word.text))].slice(0, 8).map(tokenOf)
  return (name, beside = '') => {
    const [own, other] = [wordsOf(name), wordsOf(beside)]
    const initials = own.map((word) => word.text[0]).join('')
    let score = 0
    for (const token of tokens) {
      const best = Math.max(
        10 * bestMatch(token, own),
        beginsInitials(token, initials) ? 7 : 0,
        2 * bestMatch(token, other),
      )
      if (best === 0) return null
      score += best
    }
    return tokens.length === 0 ? null : { score, ranges: matchedRanges(name, tokens) }
  }
}

function bestMatch(token: Token, words: readonly { text: string }[]): number {
  return Math.max(0, ...words.map(({ text }) => wordMatch(token, text, letterMask(text))))
}
