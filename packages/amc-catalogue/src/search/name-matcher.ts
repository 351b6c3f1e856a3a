import { matchedRanges, wordsOf, type Range } from './ranges.ts'
import { letterMask } from './typos.ts'
import { beginsInitials, tokenOf, wordMatch, type Token } from './word-match.ts'

/** A name and what is asked of it again and again: at each key that somebody types. */
export interface SearchableName {
  readonly text: string
  readonly own: readonly MaskedWord[]
  readonly beside: readonly MaskedWord[]
  readonly initials: string
}

interface MaskedWord {
  readonly text: string
  readonly mask: number
}

export interface NameMatch {
  score: number
  /** Computed when they are asked for: of all that fit only those on screen need them. */
  readonly ranges: Range[]
}

/** `beside` are words that find the name and are not shown. */
export function searchableName(text: string, beside = ''): SearchableName {
  const own = maskedWords(text)
  return { text, own, beside: maskedWords(beside), initials: own.map((word) => word.text[0]).join('') }
}

/**
 * Answers how well a name fits every typed word, on the scale of the index, and null where one does not fit; for lists that are too
 * short, or change too often, for an index.
 */
export function createNameMatcher(text: string): (name: SearchableName) => NameMatch | null {
  const tokens = [...new Set(wordsOf(text).map((word) => word.text))].slice(0, 8).map(tokenOf)
  return ({ text: name, own, beside, initials }) => {
    let score = 0
    for (const token of tokens) {
      const best = Math.max(
        10 * bestMatch(token, own),
        beginsInitials(token, initials) ? 7 : 0,
        2 * bestMatch(token, beside),
      )
      if (best === 0) return null
      score += best
    }
    if (tokens.length === 0) return null
    return {
      score,
      get ranges() {
        return matchedRanges(name, tokens)
      },
    }
  }
}

function bestMatch(token: Token, words: readonly MaskedWord[]): number {
  let best = 0
  for (const { text, mask } of words) best = Math.max(best, wordMatch(token, text, mask))
  return best
}

function maskedWords(text: string): MaskedWord[] {
  return wordsOf(text).map((word) => ({ text: word.text, mask: letterMask(word.text) }))
}
