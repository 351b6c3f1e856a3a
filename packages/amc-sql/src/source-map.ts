import type { Range } from './tree.ts'

/** One place where the sent text differs from the template: a filled placeholder, or a condition that an empty list switched off. */
export interface Fill {
  template: Range
  sent: Range
  /** The parameters whose values stand there. */
  parameters: string[]
  /** Where to show what is found in it, if that is not its place: the template has none of a WITH part that holds a list. */
  shown?: Range | undefined
}

/** How a sent text came from its template: the fills in order; between them both texts are equal. Plain data, safe to store. */
export interface SourceMap {
  fills: readonly Fill[]
}

/** The range of the template that a range of the sent text came from; a place inside a filled value becomes its placeholder. */
export function toTemplateRange(map: SourceMap, range: Range): Range {
  const at = lastBegunAt(map.fills, range.from, 'sent')
  if (at?.shown !== undefined && range.to <= at.sent.to && range.from < at.sent.to)
    return { from: at.shown.from, to: at.shown.to }
  return convert(map.fills, range, 'sent', 'template')
}

/** The range of the sent text that a range of the template became; a place inside a placeholder becomes the whole value. */
export function toSentRange(map: SourceMap, range: Range): Range {
  return convert(map.fills, range, 'template', 'sent')
}

type Side = 'sent' | 'template'

function convert(fills: readonly Fill[], range: Range, source: Side, target: Side): Range {
  const at = lastBegunAt(fills, range.from, source)
  const from = startOf(at, range.from, source, target)
  if (range.to === range.from) {
    const inside = at !== null && range.from < at[source].to
    return { from, to: inside ? at[target].to : from }
  }
  // The end is exclusive: a range that ends where a value begins does not touch the value.
  const before = lastBegunAt(fills, range.to - 1, source)
  const inside = before !== null && range.to - 1 < before[source].to
  const to = inside ? before[target].to : range.to + shift(before, source, target)
  return { from, to: Math.max(from, to) }
}

function startOf(fill: Fill | null, offset: number, source: Side, target: Side): number {
  if (fill !== null && offset < fill[source].to) return fill[target].from
  return offset + shift(fill, source, target)
}

function shift(fill: Fill | null, source: Side, target: Side): number {
  return fill === null ? 0 : fill[target].to - fill[source].to
}

function lastBegunAt(fills: readonly Fill[], offset: number, side: Side): Fill | null {
  let low = 0
  let high = fills.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fills[middle]?.[side].from ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return fills[low - 1] ?? null
}
