import { type Diagnostic, offsetOf, positionAt } from './diagnostic.ts'
import { scan } from './scan.ts'
import { type SourceMap, toTemplateRange } from './source-map.ts'
import type { Range } from './tree.ts'

/** An error text of AMC, taken apart. */
export interface AmcErrorReading {
  /** The words themselves, without the prefix that names a workflow and without the position. */
  text: string
  /** Lines and columns of the text that was sent, from 1, the end inclusive. */
  place: AmcPlace | null
  /** What the words name, where they name something without saying where. */
  object: AmcObject | null
}

export interface AmcPlace {
  fromLine: number
  fromColumn: number
  toLine: number
  toColumn: number
}

export interface AmcObject {
  kind: 'table' | 'column' | 'parameter'
  name: string
}

const prefix = /^Was unable to compile workflow \S+ because it was found to be invalid:\s*/

/** Reads the texts that AMC's Calcite front end and planner are known to answer; an unknown text comes back whole. */
export function readAmcError(message: string): AmcErrorReading {
  const whole = detailsOf(message).trim().replace(prefix, '')
  const { text, place } = readPlace(whole)
  return { text, place, object: readObject(text) }
}

/** AMC answers a refused call with a JSON body whose details hold the words. */
function detailsOf(message: string): string {
  if (!message.trimStart().startsWith('{')) return message
  try {
    const body: unknown = JSON.parse(message)
    if (typeof body !== 'object' || body === null) return message
    if ('details' in body && typeof body.details === 'string') return body.details
    if ('message' in body && typeof body.message === 'string') return body.message
  } catch {
    return message
  }
  return message
}

function readPlace(whole: string): { text: string; place: AmcPlace | null } {
  const span = /From line (\d+), column (\d+) to line (\d+), column (\d+):\s*([\s\S]*)/.exec(whole)
  if (span !== null) {
    const [fromLine = 1, fromColumn = 1, toLine = 1, toColumn = 1] = span.slice(1, 5).map(Number)
    return { text: span[5] ?? '', place: { fromLine, fromColumn, toLine, toColumn } }
  }
  const point = /At line (\d+), column (\d+):\s*([\s\S]*)/.exec(whole)
  if (point !== null) return { text: point[3] ?? '', place: pointPlace(point[1], point[2], 1) }
  const token = /Encountered:? (.*?) at line (\d+), column (\d+)/.exec(whole)
  if (token !== null) return { text: whole, place: pointPlace(token[2], token[3], lengthOf(token[1] ?? '')) }
  const lexical = /Lexical error at line (\d+), column (\d+)\.\s*Encountered:? (.*)/.exec(whole)
  if (lexical !== null) return { text: whole, place: pointPlace(lexical[1], lexical[2], 1) }
  return { text: whole, place: null }
}

/** The length of a token as the parser quotes and escapes it; the end of the text is a point. */
function lengthOf(quoted: string): number {
  const written = quoted.replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1')
  return written === '<EOF>' ? 1 : Math.max(1, written.length)
}

function pointPlace(line: string | undefined, column: string | undefined, length: number): AmcPlace {
  const fromLine = Number(line)
  const fromColumn = Number(column)
  return { fromLine, fromColumn, toLine: fromLine, toColumn: fromColumn + length - 1 }
}

const objects: readonly [RegExp, AmcObject['kind']][] = [
  [/Object '([^']+)' not found/, 'table'],
  [/Column '([^']+)' (?:not found|is ambiguous)/, 'column'],
  [/undeclared parameter (\S+?)\.?$/, 'parameter'],
  [/workflow parameter (\S+) is defined multiple times/, 'parameter'],
]

function readObject(text: string): AmcObject | null {
  for (const [pattern, kind] of objects) {
    const name = pattern.exec(text)?.[1]
    if (name !== undefined) return { kind, name }
  }
  return null
}

/** Where an error of AMC belongs in the user's template: its place led back, or the first use of what it names; null for neither. */
export function locateAmcError(
  reading: AmcErrorReading,
  run: { sqlQuery: string; sourceMap: SourceMap },
): Range | null {
  const sent = locateInSent(reading, run.sqlQuery)
  return sent === null ? null : toTemplateRange(run.sourceMap, sent)
}

/** The same in the text that was sent. */
export function locateInSent(reading: AmcErrorReading, sqlQuery: string): Range | null {
  return reading.place === null ? firstUse(reading.object, sqlQuery) : rangeOf(reading.place, sqlQuery)
}

function rangeOf(place: AmcPlace, text: string): Range {
  const from = offsetOf(text, { line: place.fromLine, column: place.fromColumn })
  return { from, to: Math.max(from, offsetOf(text, { line: place.toLine, column: place.toColumn + 1 })) }
}

function firstUse(object: AmcObject | null, text: string): Range | null {
  if (object === null) return null
  const wanted = object.name.toLowerCase()
  for (const token of scan(text, { placeholders: false })) {
    const isText = object.kind === 'parameter'
    if (token.kind !== (isText ? 'string' : 'name') && token.kind !== 'quoted-name') continue
    const written = text.slice(token.from, token.to)
    const name = token.kind === 'name' ? written : written.slice(1, -1)
    if (name.toLowerCase() === wanted) return { from: token.from, to: token.to }
  }
  return null
}

/** Privacy and plan checks of AMC carry no position in anything that was recorded, nor do faults of parameters and audiences. */
const withoutPlace: ReadonlySet<string> = new Set([
  'AMC002',
  'AMC003',
  'AMC004',
  'AMC005',
  'AMC006',
  'AMC011',
  'AMC020',
])

/** A diagnostic in the words and the frame of AMC's Calcite front end (`From line …`, `Encountered "x" at line …`). */
export function amcText(diagnostic: Diagnostic, text: string): string {
  const words = diagnostic.amc ?? diagnostic.message
  if (withoutPlace.has(diagnostic.code)) return words
  const from = positionAt(text, diagnostic.from)
  const at = `line ${from.line}, column ${from.column}`
  if (words.startsWith('Encountered: ')) return `Lexical error at ${at}.  ${words}`
  if (words.startsWith('Encountered "')) {
    const [first = '', ...rest] = words.split('\n')
    return [`${first} at ${at}.`, ...rest].join('\n')
  }
  const last = positionAt(text, Math.max(diagnostic.from, diagnostic.to - 1))
  if (last.line === from.line && last.column === from.column) return `At ${at}: ${words}`
  return `From ${at} to line ${last.line}, column ${last.column}: ${words}`
}
