import { differingBits, forgiven, letterMask, slips } from './typos.ts'

/** A word that somebody typed, with what the comparison asks again and again. */
export interface Token {
  text: string
  mask: number
  /** Slips that are forgiven. */
  slips: number
}

export function tokenOf(text: string): Token {
  return { text, mask: letterMask(text), slips: forgiven(text.length) }
}

export const isExact = 1

/** How well a typed word fits a known one: 1 the same, less for a beginning, a part, a word with slips; 0 not at all. */
export function wordMatch({ text, mask, slips: most }: Token, word: string, wordMask: number): number {
  if (word.startsWith(text)) {
    const beyond = word.length - text.length
    if (beyond === 0) return isExact
    // A plural means the same.
    return beyond === 1 && word.endsWith('s') ? 0.97 : 0.6 + (0.3 * text.length) / word.length
  }
  if (text.length >= 3 && word.includes(text)) return 0.45
  if (most === 0 || (text.length === 3 && word[0] !== text[0])) return 0
  // Each slip changes two letters at most; letters that the word has beyond the typed beginning do not count.
  if (differingBits(mask & ~wordMask, 0) > most) return 0
  const whole = Math.abs(word.length - text.length) <= most ? slips(text, word, most) : most + 1
  if (whole <= most) return 0.42 - 0.1 * whole
  if (text.length < 5 || word.length <= text.length) return 0
  // Somebody is still typing, and slipped already.
  const begun = slips(text, word.slice(0, text.length), 1)
  return begun <= 1 ? 0.25 : 0
}

/** Whether a typed word is the first letters of the first words of a name, as `ntb` is of `new_to_brand_purchases`. */
export function beginsInitials({ text }: Token, initials: string): boolean {
  return text.length >= 3 && initials.startsWith(text)
}
