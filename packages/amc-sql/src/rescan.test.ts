import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rescan } from './rescan.ts'
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

test('after any change the tokens are those of the whole text', () => {
  fc.assert(
    fc.property(pieces, pieces, fc.nat(), fc.nat(12), (text, inserted, at, removed) => {
      const from = at % (text.length + 1)
      const to = Math.min(text.length, from + removed)
      const changed = text.slice(0, from) + inserted + text.slice(to)
      const tokens = rescan(scan(text), changed, { from, to, inserted: inserted.length })
      expect(tokens).toEqual(scan(changed))
    }),
    { numRuns: 3000, seed: 20261126 },
  )
})

test('what a change leaves alone is not read again', () => {
  const line = "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions WHERE campaign <> 'x'\n"
  const text = line.repeat(200)
  const before = scan(text)
  const middle = line.length * 100 + 7
  const after = rescan(before, `${text.slice(0, middle)}x${text.slice(middle)}`, {
    from: middle,
    to: middle,
    inserted: 1,
  })
  const kept = after.filter((token, at) => token === before[at]).length
  expect(kept).toBeGreaterThan(before.length / 2 - 30)
  expect(after).toHaveLength(before.length)
})
