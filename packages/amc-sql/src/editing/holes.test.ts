import { expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { editingQueries } from '../../test/editing-queries.ts'
import { complete } from './complete.ts'
import { readingOf } from './reading.ts'
import { symbolsOf } from './symbols.ts'

/** Where a used name was taken out of a query and is not offered again; `end` tells how much of the text behind it stays. */
function missed(text: string, kept: number, end: (to: number) => number): string[] {
  return symbolsOf(readingOf(text, amcTables)).occurrences.flatMap(({ from, to, definition, meaning }) => {
    if (definition) return []
    const name = text.slice(from, to)
    const offset = from + Math.min(kept, name.length)
    const broken = text.slice(0, offset) + text.slice(end(to))
    const { items } = complete(broken, offset, amcTables)
    const isOffered = items.some(({ label, insert }) => label === name || insert === name || insert === `${name}}}`)
    // A name that stands nowhere else can only come from its declaration.
    const isAlone = meaning.kind === 'parameter' && !broken.includes(`{{${name}`)
    return isOffered || isAlone ? [] : [`${name} at ${from}`]
  })
}

test.each(editingQueries)('%s: every name that is taken out is offered in its place', (text) => {
  expect(missed(text, 0, (to) => to)).toEqual([])
})

test.each(editingQueries)('%s: every name of which the beginning is written is offered', (text) => {
  expect(missed(text, 2, (to) => to)).toEqual([])
})

test.each(editingQueries)('%s: so it is where the rest of the line is missing too', (text) => {
  const endOfLine = (to: number): number => {
    const lineBreak = text.indexOf('\n', to)
    const end = lineBreak === -1 ? text.length : lineBreak
    // Without its FROM a query has no names to offer.
    return text.slice(to, end).includes('FROM') ? to : end
  }
  expect(missed(text, 0, endOfLine)).toEqual([])
})
