import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthOfTime } from '../test/growth-of-time.ts'
import { editedTokens } from './edited-tokens.ts'
import { scan } from './scan.ts'

const piece = fc.constantFrom(
  'SELECT campaign',
  '\n',
  '\r\n',
  ' ',
  "'",
  "''",
  '"',
  '`',
  '--',
  '/*',
  '*/',
  '{{x}}',
  '{{',
  '}',
  "'a {{b}}'",
  '1.5e',
  '<',
  '=',
  '’',
  '\u00A0',
  ':',
  'é',
  ')',
)
const pieces = fc.array(piece, { maxLength: 30 }).map((all) => all.join(''))

const change = fc.record({ inserted: pieces, at: fc.nat(), removed: fc.nat(12) })

test('after any changes the tokens are those of the whole text, and those of a part are the ones that touch it', () => {
  fc.assert(
    fc.property(pieces, fc.array(change, { maxLength: 8 }), fc.nat(), fc.nat(40), (first, changes, start, length) => {
      let text = first
      const edited = editedTokens(text)
      for (const { inserted, at, removed } of changes) {
        const from = at % (text.length + 1)
        const to = Math.min(text.length, from + removed)
        text = text.slice(0, from) + inserted + text.slice(to)
        edited.change(text, { from, to, inserted: inserted.length })
        const all = scan(text)
        expect(edited.touching(0, Infinity)).toEqual(all)
        const [partFrom, partTo] = [start % (text.length + 1), (start % (text.length + 1)) + length]
        const begin = all.findIndex((token) => token.to > partFrom)
        const end = all.findIndex((token) => token.from >= partTo && token.kind !== 'space')
        const part = begin === -1 ? [] : all.slice(begin, end === -1 ? undefined : Math.max(end, begin) + 1)
        expect(edited.touching(partFrom, partTo)).toEqual(part)
      }
    }),
    { numRuns: 1500, seed: 20261126 },
  )
})

const line = "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE campaign <> 'x'\n"

test('what a change leaves alone is not read again', () => {
  const text = line.repeat(200)
  const edited = editedTokens(text)
  const middle = line.length * 100 + 7
  const before = edited.touching(0, middle - line.length)
  edited.change(`${text.slice(0, middle)}x${text.slice(middle)}`, { from: middle, to: middle, inserted: 1 })
  expect(edited.touching(0, middle - line.length).every((token, at) => token === before[at])).toBe(true)
})

test('a key in a long text costs what it costs in a short one', () => {
  const keys = (text: string) => {
    const edited = editedTokens(text)
    const middle = line.length * Math.floor(text.length / line.length / 2) + 7
    const typed = `${text.slice(0, middle)}x${text.slice(middle)}`
    return () => {
      edited.change(typed, { from: middle, to: middle, inserted: 1 })
      edited.touching(middle - 500, middle + 500)
      edited.change(text, { from: middle, to: middle + 1, inserted: 0 })
    }
  }
  const [short, long] = [line.repeat(100), line.repeat(2000)]
  const of = new Map([short, long].map((text) => [text, keys(text)]))
  // In as many keys, where it were linear it would be twenty times as much.
  const growth = growthOfTime((text) => of.get(text)?.(), short, long, 0.15)
  expect(growth).toBeLessThan(0.15)
})
