import type { Diagnostic } from '../diagnostic.ts'
import { mend, replace } from '../edits.ts'
import { editDistance } from '../resolve/nearest.ts'
import type { Token } from '../scan.ts'
import type { Query, Range } from '../tree.ts'

/** What one pass of the grammar over tokens gave. */
export interface Reading {
  query: Query | null
  diagnostics: Diagnostic[]
  /** Ranges that it did not read, because they are torn. */
  passed: readonly Range[]
}

const words =
  `SELECT FROM WHERE GROUP BY HAVING ORDER UNION WITH AS JOIN INNER LEFT FULL OUTER CROSS ON USING AND OR NOT IN LIKE
  BETWEEN IS NULL CASE WHEN THEN ELSE END DISTINCT OVER PARTITION VALUES LIMIT CAST SIMILAR DESC`.split(/\s+/)

/** Two words without the space between them. */
const glued: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'GROUP BY',
    'ORDER BY',
    'PARTITION BY',
    'UNION ALL',
    'LEFT JOIN',
    'INNER JOIN',
    'CROSS JOIN',
    'NOT NULL',
    'NOT IN',
    'IS NULL',
  ].map((pair) => [pair.replace(' ', ''), pair.split(' ')]),
)

/** How many readings a broken text is worth; a long one is read quickly all the same. */
const mostAttempts = (length: number) => (length > 50_000 ? 2 : 12)

/**
 * Looks for misspelt keywords at the places where the grammar stumbles: a word counts as one only when the text has fewer syntax
 * errors with the keyword in its place, or is read further. Answers with the better reading, which then says what is misspelt.
 */
export function withoutSlips(
  text: string,
  tokens: readonly Token[],
  first: Reading,
  read: (tokens: readonly Token[]) => Reading,
): Reading {
  let current = first
  let known = tokens
  let places = errorPlaces(current)
  const slips: Diagnostic[] = []
  let attempts = mostAttempts(text.length)
  const meanings = new Map<string, Meanings>()
  for (let next = 0; next < places.length && attempts > 0; next += 1) {
    const place = places[next] ?? 0
    for (const { at, keywords } of candidates(text, known, place, meanings)) {
      if (attempts <= 0) break
      attempts -= 1
      const token = known[at]
      if (token === undefined) continue
      const spelt = known.toSpliced(at, 1, ...keywords.map((word): Token => ({ ...token, kind: 'keyword', word })))
      const better = read(spelt)
      if (!isBetter(better, current, place)) continue
      slips.push(slip(text, token, keywords.join(' ')))
      current = better
      known = spelt
      places = errorPlaces(current)
      next = places.findIndex((one) => one >= token.from) - 1
      if (next < -1) next = places.length
      break
    }
  }
  return slips.length === 0 ? first : { ...current, diagnostics: [...current.diagnostics, ...slips] }
}

/** Where the syntax errors of a reading stand, in the order of the text. */
function errorPlaces({ diagnostics }: Reading): number[] {
  const places: number[] = []
  for (const { code, from } of diagnostics) if (code === 'syntax') places.push(from)
  return places.sort((a, b) => a - b)
}

/** Fewer errors, or no more of them and the text read further. */
function isBetter(better: Reading, current: Reading, reached: number): boolean {
  const [now, before] = [errorCount(better), errorCount(current)]
  return now < before || (now === before && (errorPlaces(better)[0] ?? 0) > reached)
}

function errorCount({ diagnostics }: Reading): number {
  let count = 0
  for (const { code } of diagnostics) if (code === 'syntax') count += 1
  return count
}

/** Misspelt words at an offset and just before it, the nearest first. */
function candidates(
  text: string,
  tokens: readonly Token[],
  offset: number,
  meanings: Map<string, Meanings>,
): { at: number; keywords: readonly string[] }[] {
  let end = lastIndexBefore(tokens, offset)
  const found: { at: number; keywords: readonly string[] }[] = []
  for (let step = 0; step < 3 && end >= 0; step += 1, end -= 1) {
    const token = tokens[end]
    if (token?.kind !== 'name' || token.fault !== null) continue
    // A long text stumbles over the same words again and again.
    const written = text.slice(token.from, token.to).toUpperCase()
    const meaning = meanings.get(written) ?? meant(written)
    meanings.set(written, meaning)
    for (const keywords of meaning) found.push({ at: end, keywords })
  }
  return found
}

function lastIndexBefore(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.from ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The keywords that a word may stand for, one or two words each. */
type Meanings = readonly (readonly string[])[]

function meant(written: string): Meanings {
  const pair = glued.get(written)
  if (pair !== undefined) return [pair]
  if (written.length > 12) return []
  return words.filter((word) => isSlipOf(written, word)).map((word) => [word])
}

/** One slip of the keyboard, two in a long word; of a word of two letters only that they are swapped. */
function isSlipOf(written: string, word: string): boolean {
  if (word.length === 2) return written.length === 2 && written[0] === word[1] && written[1] === word[0]
  const most = word.length >= 6 ? 2 : 1
  return Math.abs(written.length - word.length) <= most && editDistance(written, word, most + 1) <= most
}

function slip(text: string, token: Token, keyword: string): Diagnostic {
  const written = text.slice(token.from, token.to)
  const better = written === written.toLowerCase() ? keyword.toLowerCase() : keyword
  return {
    code: 'syntax',
    severity: 'error',
    from: token.from,
    to: token.to,
    message: `${written} is misspelt: ${keyword} is meant`,
    help: `Write ${better}`,
    amc: `Encountered "${written}"`,
    ...mend(`Write ${better}`, replace(token, better)),
  }
}
