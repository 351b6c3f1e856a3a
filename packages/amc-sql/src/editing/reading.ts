import { parse } from '../parse.ts'
import type { Resolution } from '../resolve/resolution.ts'
import { resolve } from '../resolve/resolve.ts'
import type { Token } from '../scan.ts'
import type { Schema } from '../schema.ts'
import type { ParameterUse, Query } from '../tree.ts'

/** A text as the functions of the editor read it: tree, meaning, and the tokens without white space and comments. */
export interface Reading {
  text: string
  schema: Schema
  query: Query | null
  tokens: readonly Token[]
  /** The tokens that count, in order. */
  words: readonly Token[]
  parameterUses: readonly ParameterUse[]
  resolution: Resolution
  /** The text has faults of grammar. */
  broken: boolean
}

/** One text is asked for by several functions at once, and a rename compares two. */
const keptTexts = 3
const kept = new WeakMap<Schema, Reading[]>()

/** Reads a text; the last few are kept, so that completion, hover and outline of one text cost one reading. */
export function readingOf(text: string, schema: Schema): Reading {
  const readings = kept.get(schema) ?? []
  const at = readings.findIndex((reading) => reading.text === text)
  const found = readings[at] ?? read(text, schema)
  if (at !== -1) readings.splice(at, 1)
  readings.unshift(found)
  readings.length = Math.min(readings.length, keptTexts)
  kept.set(schema, readings)
  return found
}

function read(text: string, schema: Schema): Reading {
  const { query, tokens, diagnostics, parameterUses } = parse(text)
  const broken = diagnostics.some(({ severity }) => severity === 'error')
  const words = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  return {
    text,
    schema,
    query,
    tokens,
    words,
    parameterUses,
    resolution: resolve(text, query, schema, { broken }),
    broken,
  }
}

/** The position of the last token that ends at or before an offset, -1 where there is none. */
export function lastBefore(tokens: readonly Token[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.to ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Whether the keywords of a text are written in lower case; upper case where it has none. */
export function writesLowerCase(reading: Reading): boolean {
  let lower = 0
  let all = 0
  for (const token of reading.words) {
    if (token.kind !== 'keyword') continue
    all += 1
    const first = reading.text.charCodeAt(token.from)
    if (first >= 97 && first <= 122) lower += 1
    // The beginning tells; a long text need not be read to its end.
    if (all === 50) break
  }
  return lower * 2 > all
}
