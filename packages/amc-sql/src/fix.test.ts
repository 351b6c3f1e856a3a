import { expect, test } from 'vitest'
import { eventSchema as schema } from '../test/schema.ts'
import { fixAll } from '../test/judged.ts'
import { applyEdits } from './edits.ts'

test('edits are made from the front, whatever their order', () => {
  expect(
    applyEdits('a b c', [
      { from: 4, to: 5, text: 'C' },
      { from: 0, to: 1, text: 'A' },
      { from: 2, to: 2, text: '+' },
    ]),
  ).toBe('A +b C')
})

test('a text without findings stays as it is', () => {
  const text = 'SELECT campaign, SUM(clicks) AS n FROM taps GROUP BY 1'
  expect(fixAll(text, schema)).toEqual({ text, fixed: [] })
})

test('slips of writing are mended first, and what follows from them is not mended at all', () => {
  const text = 'SELECT campaign, line_item, SUM(clicks) AS n FORM taps GROUP BY campaign'
  expect(fixAll(text, schema).text).toBe(
    'SELECT campaign, line_item, SUM(clicks) AS n FROM taps GROUP BY campaign, line_item',
  )
  const torn = 'SELECT campaign, line_item, SUM(clicks) AS n FROM taps WHERE GROUP BY campaign'
  expect(fixAll(torn, schema)).toEqual({ text: torn, fixed: [] })
})

test('thousands of fixes are made in a moment', () => {
  const items = Array.from({ length: 4_000 }, (_, at) => `SUM(clicks) AS n${at}`)
  expect(fixAll(`SELECT ${items.join(' ')} FROM taps`, schema).text).toBe(`SELECT ${items.join(', ')} FROM taps`)
})
