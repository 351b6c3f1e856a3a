import { matchedRanges, wordsOf, type Range } from './ranges.ts'
import { letterMask } from './typos.ts'
import { beginsInitials, isExact, tokenOf, wordMatch, type Token } from './word-match.ts'

export interface SearchableSource {
  name: string
  title: string
  description: string
  category: string
  tags: readonly string[]
  /** The name under which audience queries read the table, which finds it too. */
  audienceVariant?: string | null
  deprecated?: boolean
  fields: readonly { name: string; description: string }[]
}

export type SearchHit =
  | { kind: 'source'; name: string; score: number; nameRanges: Range[]; titleRanges: Range[] }
  /** A name of a field with all sources that have it. */
  | { kind: 'field'; name: string; score: number; nameRanges: Range[]; sources: readonly string[] }

export interface SearchIndex {
  /**
   * The sources and fields that fit every typed word, the best first. Words may be begun, stand in any order, carry a slip of the
   * finger, be run together, or be the initials of a name. A text without words finds nothing.
   */
  search: (text: string, options?: SearchOptions) => SearchHit[]
}

export interface SearchOptions {
  /** 50 unless told. */
  limit?: number
  /** Only these sources, and fields that at least one of them has. */
  among?: { readonly has: (source: string) => boolean }
}

interface Entry {
  kind: SearchHit['kind']
  name: string
  title: string
  /** That have the field; of a source itself. */
  sources: string[]
  /** The words of the name run together, and their first letters. */
  joined: string
  initials: string
  /** By what a fit is multiplied, whatever was typed: a table holds what its name says, and a retired one is rarely meant. */
  standing: number
}

interface Scored {
  entry: Entry
  score: number
}

/** Where a word stands decides what a hit there is worth. */
const worth = { name: 10, title: 6, text: 2 } as const

/** A word with its places: entry and worth in turns. */
interface Word {
  text: string
  mask: number
  places: number[]
}

/** Builds the index once; each search reads it and changes nothing. */
export function createSearchIndex(sources: readonly SearchableSource[]): SearchIndex {
  const { entries, vocabulary } = collect(sources)
  const total = new Float32Array(entries.length)
  const best = new Float32Array(entries.length)
  const fitting = new Uint8Array(entries.length)

  return {
    search(text, { limit = 50, among } = {}) {
      const tokens = [...new Set(wordsOf(text).map((word) => word.text))].slice(0, 8).map(tokenOf)
      if (tokens.length === 0) return []
      total.fill(0)
      fitting.fill(0)
      for (const token of tokens) {
        best.fill(0)
        rate(token, vocabulary, best)
        rateInitials(token, entries, best)
        for (let at = 0; at < entries.length; at++)
          if ((best[at] ?? 0) > 0) {
            total[at] = (total[at] ?? 0) + (best[at] ?? 0)
            fitting[at] = (fitting[at] ?? 0) + 1
          }
      }
      const joined = tokens.map((token) => token.text).join('')
      const found: Scored[] = []
      for (let at = 0; at < entries.length; at++) {
        const entry = entries[at]
        if (entry === undefined || (among !== undefined && !entry.sources.some((name) => among.has(name)))) continue
        const whole = wholeName(entry, joined)
        if (fitting[at] === tokens.length || whole > 0)
          found.push({ entry, score: (total[at] ?? 0) * entry.standing + whole })
      }
      return foremost(found, limit)
        .sort((a, b) => b.score - a.score || compareEntries(a.entry, b.entry))
        .slice(0, limit)
        .map(({ entry, score }) => toHit(entry, score, tokens))
    },
  }
}

function rate(token: Token, vocabulary: readonly Word[], best: Float32Array): void {
  for (const { text, mask, places } of vocabulary) {
    const quality = wordMatch(token, text, mask)
    if (quality === 0) continue
    for (let at = 0; at < places.length; at += 2) {
      const entry = places[at] ?? 0
      const worthThere = places[at + 1] ?? 0
      // One or two letters begin some word of every description.
      if (worthThere === worth.text && token.text.length < 3 && quality < isExact) continue
      const value = quality * worthThere
      if (value > (best[entry] ?? 0)) best[entry] = value
    }
  }
}

function rateInitials(token: Token, entries: readonly Entry[], best: Float32Array): void {
  for (let at = 0; at < entries.length; at++)
    if (beginsInitials(token, entries[at]?.initials ?? '')) best[at] = Math.max(best[at] ?? 0, 0.7 * worth.name)
}

/** What the whole text says of a whole name: the same, its beginning, a part of it, its initials. */
function wholeName({ joined, initials }: Entry, typed: string): number {
  if (joined === typed) return 30
  if (joined.startsWith(typed)) return 3
  if (typed.length >= 3 && joined.includes(typed)) return 2
  if (typed.length >= 2 && initials === typed) return 8
  return typed.length >= 3 && initials.startsWith(typed) ? 5 : 0
}

/** Those that can be among the first, so that only few must be sorted by name; a letter or two fits thousands. */
function foremost(found: Scored[], limit: number): Scored[] {
  if (found.length <= limit || limit <= 0) return found
  const scores = Float64Array.from(found, ({ score }) => score).sort()
  const least = scores[scores.length - limit] ?? 0
  return found.filter(({ score }) => score >= least)
}

function compareEntries(a: Entry, b: Entry): number {
  if (a.kind !== b.kind) return a.kind === 'source' ? -1 : 1
  return a.name.length - b.name.length || (a.name < b.name ? -1 : 1)
}

function toHit({ kind, name, title, sources }: Entry, score: number, tokens: readonly Token[]): SearchHit {
  // Ranges are computed when they are asked for: of thousands of hits only those on screen need them.
  if (kind === 'source')
    return {
      kind,
      name,
      score,
      get nameRanges() {
        return matchedRanges(name, tokens)
      },
      get titleRanges() {
        return matchedRanges(title, tokens)
      },
    }
  return {
    kind,
    name,
    score,
    get nameRanges() {
      return matchedRanges(name, tokens)
    },
    sources,
  }
}

function collect(sources: readonly SearchableSource[]): { entries: Entry[]; vocabulary: readonly Word[] } {
  const entries: Entry[] = []
  const words = new Map<string, Word>()
  const add = (entry: number, text: string, worthThere: number) => {
    for (const { text: word } of wordsOf(text)) {
      const known = words.get(word) ?? { text: word, mask: letterMask(word), places: [] }
      words.set(word, known)
      known.places.push(entry, worthThere)
    }
  }
  const fieldEntries = new Map<string, number>()
  for (const source of sources) {
    const at = entries.push(entryOf('source', source.name, source.title, source.deprecated === true ? 0.5 : 1.4)) - 1
    add(at, source.name, worth.name)
    add(at, source.title, worth.title)
    add(at, [source.audienceVariant ?? '', source.category, ...source.tags, source.description].join(' '), worth.text)
    for (const { name, description } of source.fields) {
      const known = fieldEntries.get(name) ?? entries.push(entryOf('field', name, '', 1)) - 1
      fieldEntries.set(name, known)
      entries[known]?.sources.push(source.name)
      add(known, name, worth.name)
      add(known, description, worth.text)
    }
  }
  // A field of many tables is likelier meant than one of a single table.
  for (const entry of entries) if (entry.kind === 'field') entry.standing = 1 + Math.log2(entry.sources.length) / 40
  return { entries, vocabulary: [...words.values()] }
}

function entryOf(kind: Entry['kind'], name: string, title: string, standing: number): Entry {
  const words = wordsOf(name).map((word) => word.text)
  const initials = words.map((word) => word[0]).join('')
  return { kind, name, title, sources: kind === 'source' ? [name] : [], joined: words.join(''), initials, standing }
}
