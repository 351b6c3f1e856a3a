import { TimeWindow } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { counted, elapsed, spanInWords, windowInWords } from './words.ts'

test('windows are inclusive in words and exclusive in fields', () => {
  const words = (start: string, end: string) => {
    return windowInWords(TimeWindow.parse({ start, end }), '2026')
  }
  expect(words('2026-11-02T00:00:00', '2026-11-09T00:00:00')).toBe('2 to 8 Nov')
  expect(words('2026-11-02T00:00:00', '2026-11-03T00:00:00')).toBe('2 Nov')
  expect(words('2026-10-26T00:00:00', '2026-11-02T00:00:00')).toBe('26 Oct to 1 Nov')
  expect(words('2025-12-28T00:00:00', '2026-01-04T00:00:00')).toBe('28 Dec 2025 to 3 Jan 2026')
  expect(words('2026-11-02T08:00:00', '2026-11-02T09:00:00')).toBe('2026-11-02 08:00:00 to 2026-11-02 09:00:00')
})

test('figures and spans', () => {
  expect(counted(1, 'row')).toBe('1 row')
  expect(counted(84_312, 'row')).toBe('84,312 rows')
  expect([9_000, 168_000, 21_600_000].map(spanInWords)).toEqual(['9 s', '2 m 48 s', '6 h 00 m'])
  expect([42_000, 725_000, 3_725_000].map(elapsed)).toEqual(['0:42', '12:05', '1:02:05'])
})
