import { expect, test } from 'vitest'
import { cellInWords } from './cell-words.ts'

test.each([
  ['0.123456', 'DOUBLE', '0.1235'],
  ['12.5000', 'DECIMAL', '12.5'],
  ['90071992547409931234', 'LONG', '90071992547409931234'],
  ['2026-01-05T00:00:00.000Z', 'TIMESTAMP', '2026-01-05 00:00:00'],
  ['1.50 people', 'STRING', '1.50 people'],
])('%s of %s reads %s', (text, type, words) => {
  expect(cellInWords(text, type)).toBe(words)
})
