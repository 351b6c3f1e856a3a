import type { Schema } from '../schema.ts'
import type { Range } from '../tree.ts'
import type { Meaning } from './meaning.ts'
import { originOf } from './origin.ts'
import { readingOf } from './reading.ts'
import { occurrenceAt, symbolsOf } from './symbols.ts'

/** Where the name at `from` to `to` comes from. */
export interface Definition extends Range {
  target: DefinitionTarget
}

export type DefinitionTarget =
  /** A place of the text: the name of a WITH part, an alias, the item of a select list that makes a column. */
  | ({ kind: 'text' } & Range)
  | { kind: 'table'; table: string }
  | { kind: 'column'; table: string; column: string }
  /** A `{{name}}`, which is declared beside the text. */
  | { kind: 'parameter'; name: string }

/** A use of a name, or the place that defines it. */
export interface Reference extends Range {
  definition: boolean
}

/** Where the name at an offset is defined, one step down: a column of a WITH part leads to the item that makes it. Never throws. */
export function definitionAt(text: string, offset: number, schema: Schema): Definition | null {
  const occurrence = occurrenceAt(readingOf(text, schema), offset)
  if (occurrence === null) return null
  const target = targetOf(occurrence.meaning)
  return target === null ? null : { from: occurrence.from, to: occurrence.to, target }
}

/** All places of the name at an offset in the order of the text, through WITH parts that pass it on unchanged. Never throws. */
export function referencesAt(text: string, offset: number, schema: Schema): Reference[] {
  const reading = readingOf(text, schema)
  const asked = occurrenceAt(reading, offset)
  if (asked === null) return []
  return symbolsOf(reading)
    .occurrences.filter((occurrence) => occurrence.symbol === asked.symbol)
    .map(({ from, to, definition }) => ({ from, to, definition }))
}

function targetOf(meaning: Meaning): DefinitionTarget | null {
  switch (meaning.kind) {
    case 'cte':
      return place(meaning.cte.node.name)
    case 'table':
      return { kind: 'table', table: meaning.table.name }
    case 'relation':
      return meaning.source.node.kind === 'join' ? null : place(meaning.source.node.alias)
    case 'column': {
      const origin = originOf(meaning.source, meaning.index)
      if (origin?.kind === 'catalogue') return { kind: 'column', table: origin.table.name, column: origin.column.name }
      if (origin?.kind === 'listed') return place(origin.name)
      return origin === null ? null : place(origin.item.alias ?? origin.item.expression)
    }
    case 'item':
      return place(meaning.item.alias ?? meaning.item.expression)
    case 'listed':
      return place(meaning.name)
    case 'window':
      return place(meaning.window.name)
    case 'parameter':
      return { kind: 'parameter', name: meaning.name }
  }
}

function place(range: Range | null): DefinitionTarget | null {
  return range === null ? null : { kind: 'text', from: range.from, to: range.to }
}
