import type { Fill, SourceMap } from '../source-map.ts'
import type { Query, Range } from '../tree.ts'
import { withParts } from './long-lists.ts'

/** A place of the template and what it became. */
export interface Filled {
  range: Range
  text: string
  /** The parameter whose value it is. */
  name: string
  /** The WITH part that it reads, null where the value stands there itself. */
  table: string | null
}

/** The template with its places filled and the WITH parts that they read; a place inside another is lost, since that one was replaced. */
export function apply(
  template: string,
  query: Query,
  filled: Filled[],
  tables: ReadonlyMap<string, string>,
): { text: string; sourceMap: SourceMap } {
  const kept = outermost(filled)
  const used = new Map<string, { name: string; rows: string; parameter: string; place: Range }>()
  for (const { table, name, range } of kept)
    if (table !== null && !used.has(table))
      used.set(table, { name: table, rows: tables.get(name) ?? '', parameter: name, place: range })
  const parts = [...used.values()]
  const { at: inserted, texts } = withParts(query, parts)
  const fills: Fill[] = []
  let text = ''
  let at = 0
  const put = (range: Range, value: string, parameters: string[], shown?: Range) => {
    text += template.slice(at, range.from)
    const sent = { from: text.length, to: text.length + value.length }
    fills.push({
      template: { from: range.from, to: range.to },
      sent,
      parameters,
      ...(shown !== undefined && { shown }),
    })
    text += value
    at = range.to
  }
  for (const [index, { parameter, place }] of parts.entries())
    put({ from: inserted, to: inserted }, texts[index] ?? '', [parameter], { from: place.from, to: place.to })
  for (const { range, text: value, parameters } of kept) put(range, value, parameters)
  return { text: text + template.slice(at), sourceMap: { fills } }
}

interface Kept extends Filled {
  /** Also those whose places it replaced. */
  parameters: string[]
}

function outermost(filled: readonly Filled[]): Kept[] {
  const kept: Kept[] = []
  for (const one of filled.toSorted((a, b) => a.range.from - b.range.from || b.range.to - a.range.to)) {
    const last = kept.at(-1)
    if (last === undefined || one.range.from >= last.range.to) kept.push({ ...one, parameters: [one.name] })
    else if (!last.parameters.includes(one.name)) last.parameters.push(one.name)
  }
  return kept
}
