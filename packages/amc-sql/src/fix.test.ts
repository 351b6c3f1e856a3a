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
