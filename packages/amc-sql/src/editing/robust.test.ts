import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { amcTables } from '../../test/amc-tables.ts'
import { editingQueries } from '../../test/editing-queries.ts'
import { complete } from './complete.ts'
import { definitionAt, referencesAt } from './definition.ts'
import { hover } from './hover.ts'
import { outline } from './outline.ts'
import { rename } from './rename.ts'
import { signatureHelp } from './signature-help.ts'

const words = 'SELECT FROM JOIN ON WITH AS CASE END OVER UNION GROUP BY ORDER VALUES CAST( TABLE( x 1'.split(' ')
const marks = [
  '(',
  ')',
  ',',
  '.',
  "'",
  '"',
  '{{',
  '}}',
  '--',
  '/*',
  '*/',
  ' ',
  '\n',
  ';',
  '[',
  ']',
  '*',
  '\u00A0',
  '‘',
  '😀',
]
const piece = fc.constantFrom(...words, ...marks)

/** A query with some of its parts left out, doubled, or replaced by others. */
const mutated = fc
  .tuple(
    fc.constantFrom(...editingQueries),
    fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.oneof(piece, fc.constant(''))), { maxLength: 4 }),
  )
  .map(([query, changes]) => {
    let text = query
    for (const [where, length, put] of changes) {
      const at = where % (text.length + 1)
      text = text.slice(0, at) + put + text.slice(at + length)
    }
    return text
  })

/** Asks every function at a place; what is wrong with an answer is listed. */
function faultsAt(text: string, offset: number): string[] {
  const { from, to, items } = complete(text, offset, amcTables)
  const faults = items.filter(({ label, rank }) => label === '' || !(rank >= 0 && rank <= 99)).map(({ label }) => label)
  const ranges = [{ from, to }, hover(text, offset, amcTables), definitionAt(text, offset, amcTables)]
  for (const range of ranges)
    if (range !== null && !(range.from <= offset && offset <= range.to && range.to <= text.length))
      faults.push(`${range.from} to ${range.to} at ${offset}`)
  signatureHelp(text, offset, amcTables)
  referencesAt(text, offset, amcTables)
  rename(text, offset, 'other', amcTables)
  return faults
}

test('every place of a query has its answers', { timeout: 60_000 }, () => {
  for (const text of editingQueries)
    for (let offset = 0; offset <= text.length; offset += 1) expect(faultsAt(text, offset)).toEqual([])
})

test('so has the end of a query that was cut off', { timeout: 60_000 }, () => {
  for (const text of editingQueries)
    for (let end = 0; end <= text.length; end += 5) expect(faultsAt(text.slice(0, end), end)).toEqual([])
})

test('so has any place of a broken query', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(mutated, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), (text, offsets) => {
      for (const offset of offsets) expect(faultsAt(text, offset % (text.length + 1))).toEqual([])
      expect(outline(text, amcTables)).toBeInstanceOf(Array)
    }),
    { numRuns: 200 },
  )
})

test('so has any place of any text', { timeout: 60_000 }, () => {
  const anything = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 5, unit: 'binary' })))
    .map((parts) => parts.join(' '))
  fc.assert(
    fc.property(anything, fc.nat(), (text, offset) => {
      expect(faultsAt(text, offset % (text.length + 1))).toEqual([])
      expect(outline(text, amcTables)).toBeInstanceOf(Array)
    }),
    { numRuns: 200 },
  )
})
