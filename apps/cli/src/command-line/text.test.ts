import { expect, test } from 'vitest'
import { counted, printable, textWidth } from './text.ts'

test.each([
  ['plain', 5],
  ['', 0],
  ['é', 1],
  ['e\u0301', 1],
  ['漢字', 4],
  ['한글', 4],
  ['🎉!', 3],
  ['👩‍👩‍👧', 2],
])('%s takes %i cells', (text, cells) => expect(textWidth(text)).toBe(cells))

test('what could steer a terminal is replaced sign for sign; tabs and letters of any script stay', () => {
  expect(printable('a\u001b[31m\rb\u202e\u0085')).toBe('a\uFFFD[31m\uFFFDb\uFFFD\uFFFD')
  expect(printable('tab\there, 漢字, 🎉')).toBe('tab\there, 漢字, 🎉')
})

test('counts are spelled for people', () => {
  expect([counted(0, 'row'), counted(1, 'row'), counted(12_345, 'row')]).toEqual(['0 rows', '1 row', '12,345 rows'])
})
